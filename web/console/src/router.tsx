import { Bones } from '@custom-identity-platform/kit/panel.tsx'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { useMessages } from './console-context.tsx'
import { pages } from './pages.ts'
import { printSearch, readSearch } from './search.ts'
import { Crashed, NotFound } from './shell/failures.tsx'
import { Frame } from './shell/frame.tsx'

const Waiting = () => <Bones label={useMessages().loading} />

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound, errorComponent: Crashed })

const routes = root.addChildren(
  pages.map(({ path, load }) => createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load, 'Page') })),
)

export const routerAt = (base: string) =>
  createRouter({
    routeTree: routes,
    basepath: base,
    defaultPendingComponent: Waiting,
    defaultPendingMs: 200,
    defaultErrorComponent: Crashed,
    scrollRestoration: true,
    parseSearch: readSearch,
    stringifySearch: printSearch,
  })
