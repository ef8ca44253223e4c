/** Where most registrations begin; what is given besides wins. */
export const templates = {
  web: { application_type: 'web', grant_types: ['authorization_code', 'refresh_token'], token_endpoint_auth_method: 'client_secret_basic' },
  spa: { application_type: 'web', grant_types: ['authorization_code', 'refresh_token'], token_endpoint_auth_method: 'none' },
  native: { application_type: 'native', grant_types: ['authorization_code', 'refresh_token'], token_endpoint_auth_method: 'none' },
  machine: { grant_types: ['client_credentials'], response_types: [], token_endpoint_auth_method: 'client_secret_basic' },
} as const

export type Template = keyof typeof templates
