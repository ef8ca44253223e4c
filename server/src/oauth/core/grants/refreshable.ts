import type { GrantedClient } from './grant.ts'

/** Whether the grant gets a refresh token: by `offline_access` (OpenID Connect Core section 11) or by the client's policy. */
export const isRefreshable = (client: GrantedClient, scope: readonly string[]): boolean =>
  client.grantTypes.includes('refresh_token') && (scope.includes('offline_access') || client.refreshWithoutOfflineAccess)
