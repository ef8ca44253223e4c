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

const area = createRoute({
  getParentRoute: () => root,
  path: '/organizations',
  component: lazyRouteComponent(() => import('./organizations/area.tsx'), 'Area'),
})
const inArea = (path: string, load: Loading) =>
  createRoute({ getParentRoute: () => area, path, component: lazyRouteComponent(load, 'Page') })

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
  area.addChildren([
    inArea('/', () => import('./organizations/your-organizations.tsx')),
    inArea('/$id', () => import('./organizations/overview.tsx')),
    inArea('/$id/members', () => import('./organizations/members.tsx')),
    inArea('/$id/invitations', () => import('./organizations/invitations.tsx')),
    inArea('/$id/invitations/list', () => import('./organizations/invite-list.tsx')),
    inArea('/$id/domains', () => import('./organizations/domains.tsx')),
    inArea('/$id/roles', () => import('./organizations/roles.tsx')),
    inArea('/$id/policy', () => import('./organizations/policy.tsx')),
    inArea('/$id/look', () => import('./organizations/look.tsx')),
    inArea('/$id/events', () => import('./organizations/events.tsx')),
  ]),
])

/** Each page is a part of its own, loaded when it is opened or a pointer comes near its link. */
export const routerAt = (base: string) =>
  createRouter({ routeTree: routes, basepath: base, defaultPendingComponent: Waiting, defaultPendingMs: 200, scrollRestoration: false })
