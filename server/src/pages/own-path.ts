/** The path of this server below the tenant's; undefined where it is none, so that no page loads anything from elsewhere. */
export const ownPath = (basePath: string | undefined, path: string | undefined): string | undefined =>
  path !== undefined && /^\/(?![/\\])/.test(path) ? (basePath ?? '') + path : undefined
