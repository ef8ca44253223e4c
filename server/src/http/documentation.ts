import { type AnyRoute, isLimited } from './route.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|')

const policy = ({ auth }: AnyRoute): string => {
  if (auth.kind === 'permission') return `permission \`${auth.permission}\`${auth.isFresh === true ? ', signed in a short while ago' : ''}`
  if (auth.kind !== 'signed-in') return `${auth.kind}: ${auth.why}`
  return auth.isFresh === true ? 'signed in a short while ago' : 'signed in'
}

const limit = ({ limit: rule }: AnyRoute): string =>
  isLimited(rule) ? `${rule.max} per ${rule.seconds} s and ${rule.by}` : `none: ${rule.why}`

const audit = ({ audit: rule }: AnyRoute): string =>
  'event' in rule
    ? [rule.event]
        .flat()
        .map((type) => `\`${type}\``)
        .join(', ')
    : `none: ${rule.none}`

/** `docs/routes.md`, from the routes themselves. */
export const routesDocument = (routes: readonly AnyRoute[]): string =>
  [
    '# Routes',
    '',
    'Generated from the route objects by `npm run generate`; do not edit. Limits are the defaults.',
    '',
    '| method | path | what it does | who | limit | audit event |',
    '| --- | --- | --- | --- | --- | --- |',
    ...routes.map(
      (route) =>
        `| ${route.method} | \`${route.path}\` | ${cell(route.summary)} | ${cell(policy(route))} | ${cell(limit(route))} | ${cell(audit(route))} |`,
    ),
    '',
  ].join('\n')
