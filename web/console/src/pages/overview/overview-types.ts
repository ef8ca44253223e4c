import type { AdminAnswer } from '@custom-identity-platform/sdk'

export type Overview = AdminAnswer<'get', '/overview'>['body']
export type WithOverview = { readonly overview: Overview }
