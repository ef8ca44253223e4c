import { Bones } from '@custom-identity-platform/kit/panel.tsx'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { useMessages } from './console-context.tsx'
import { pages } from './pages.ts'
import { Crashed, NotFound } from './shell/failures.tsx'
import { Frame } from './shell/frame.tsx'

const Waiting = () => <Bones label={useMessages().loading} />

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound, errorComponent: Crashed })

const routes = root.addChildren(
  pages.map(({ path, load }) => createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load, 'Page') })),
)

/** The state of a page in its address: plain texts, as people write them. */
export type Search = Readonly<Record<string, string | undefined>>

const printSearch = (search: Search): string => {
  const given = Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '')
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

export const routerAt = (base: string) =>
  createRouter({
    routeTree: routes,
    basepath: base,
    defaultPendingComponent: Waiting,
    defaultPendingMs: 200,
    defaultErrorComponent: Crashed,
    scrollRestoration: true,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: printSearch,
  })
