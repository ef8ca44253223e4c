import { Bones } from '@custom-identity-platform/kit/panel.tsx'
import { createRootRoute, createRoute, createRouter, Link, lazyRouteComponent } from '@tanstack/react-router'
import { useMessages } from './account-context.tsx'
import { Frame } from './frame.tsx'
import { PageHead } from './parts.tsx'
import { StepUpProvider } from './step-up.tsx'

const NotFound = () => {
  const { notFound } = useMessages()
  return (
    <>
      <PageHead title={notFound.title}>{notFound.text}</PageHead>
      <p>
        <Link to="/">{notFound.back}</Link>
      </p>
    </>
  )
}

const Waiting = () => <Bones label={useMessages().loading} />

const root = createRootRoute({
  component: () => (
    <StepUpProvider>
      <Frame />
    </StepUpProvider>
  ),
  notFoundComponent: NotFound,
})

type Loading = Parameters<typeof lazyRouteComponent>[0]
const at = (path: string, load: Loading) => createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load, 'Page') })

const routes = root.addChildren([
  at('/', () => import('./pages/overview.tsx')),
  at('/profile', () => import('./pages/profile.tsx')),
  at('/language', () => import('./pages/language.tsx')),
  at('/data', () => import('./pages/your-data.tsx')),
  at('/password', () => import('./pages/password.tsx')),
  at('/passkeys', () => import('./pages/passkeys.tsx')),
  at('/second-factor', () => import('./pages/second-factor.tsx')),
  at('/identities', () => import('./pages/identities.tsx')),
  at('/sessions', () => import('./pages/sessions.tsx')),
  at('/applications', () => import('./pages/applications.tsx')),
  at('/activity', () => import('./pages/activity.tsx')),
])

/** Each page is a part of its own, loaded when it is opened or a pointer comes near its link. */
export const routerAt = (base: string) =>
  createRouter({ routeTree: routes, basepath: base, defaultPendingComponent: Waiting, defaultPendingMs: 200, scrollRestoration: false })
