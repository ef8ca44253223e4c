import type { IconName } from '@custom-identity-platform/kit/icons.tsx'
import type { Messages } from './messages/messages.ts'

export type PageName = keyof Messages['pages']
export type Section = { readonly name: PageName; readonly path: string; readonly icon: IconName }
type Group = { readonly name: keyof Messages['groups'] | undefined; readonly sections: readonly Section[] }

/** The pages of the portal, by what somebody wants to do. */
export const groups: readonly Group[] = [
  { name: undefined, sections: [{ name: 'overview', path: '/', icon: 'home' }] },
  {
    name: 'you',
    sections: [
      { name: 'profile', path: '/profile', icon: 'person' },
      { name: 'language', path: '/language', icon: 'language' },
      { name: 'data', path: '/data', icon: 'data' },
      { name: 'organizations', path: '/organizations', icon: 'building' },
    ],
  },
  {
    name: 'security',
    sections: [
      { name: 'password', path: '/password', icon: 'password' },
      { name: 'passkeys', path: '/passkeys', icon: 'passkey' },
      { name: 'secondFactor', path: '/second-factor', icon: 'shield' },
      { name: 'identities', path: '/identities', icon: 'link' },
    ],
  },
  {
    name: 'access',
    sections: [
      { name: 'sessions', path: '/sessions', icon: 'laptop' },
      { name: 'applications', path: '/applications', icon: 'apps' },
      { name: 'activity', path: '/activity', icon: 'activity' },
    ],
  },
]
