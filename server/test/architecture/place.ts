const roles = ['', 'store', 'routes', 'admin.routes', 'job', 'mail', 'method', 'provider'] as const
export type Role = (typeof roles)[number]

/**
 * Where a file of `server/src` stands. `slice` is the top folder, or `folder/sub` below the folders that hold one slice per credential or
 * provider, or the name of a file in the root. `role` is undefined when the suffix is not on the list. `inner` is the path in `server/src`.
 */
export type Place = {
  readonly inner: string
  readonly top: string
  readonly slice: string
  readonly name: string
  readonly role: Role | undefined
  readonly isTest: boolean
}

// The composition root stands in several files: what a process has, what each of its tenants has, and parts of that.
const rootOf = (name: string): string => (name.startsWith('compose-') ? 'compose' : name)

const containers = new Set(['credentials', 'federation'])
const prefix = 'server/src/'

/** The place of a file in `server/src`; undefined for any other file. */
export const placeOf = (path: string): Place | undefined => {
  if (!path.startsWith(prefix)) return undefined
  const inner = path.slice(prefix.length)
  const parts = inner.split('/')
  const [name = '', ...rest] = (parts.at(-1) ?? '').replace(/\.[a-z]+$/, '').split('.')
  const isTest = rest.at(-1) === 'test'
  const suffix = (isTest ? rest.slice(0, -1) : rest).join('.')
  const top = parts.length === 1 ? rootOf(name) : (parts[0] ?? '')
  const slice = containers.has(top) && parts.length > 2 ? `${top}/${parts[1]}` : top
  return { inner, top, slice, name, role: roles.find((role) => role === suffix), isTest }
}

export const isStore = (path: string): boolean => placeOf(path)?.role === 'store'

export const isRoutes = (path: string): boolean => ['routes', 'admin.routes'].includes(placeOf(path)?.role ?? '')

/** Files that are tests, or carry tests and benchmarks: they may reach for what the product may not. */
export const isTestCode = (path: string): boolean => /^(server\/(test|bench)|e2e)\/|\.test\.[jt]sx?$/.test(path)
