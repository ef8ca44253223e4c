/** Every page of the console that is there for an owner. `fill` puts something in place of what is only known at run time. */
export const consolePages: readonly string[] = [
  '/',
  '/?span=week',
  '/users',
  '/users?prefix=person',
  '/users?status=frozen',
  '/users/new',
  '/users/{user}',
  '/users/{user}?tab=methods',
  '/users/{user}?tab=sessions',
  '/users/{user}?tab=applications',
  '/users/{user}?tab=organizations',
  '/users/{user}?tab=roles',
  '/users/{user}?tab=events',
]
