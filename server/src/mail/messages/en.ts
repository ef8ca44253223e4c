import type { Catalogue } from '../wording.ts'

export const en: Catalogue = {
  templates: {
    'sign-in-code': {
      subject: 'Your code to sign in to {brand}',
      lead: 'Type this code where you are signing in, or use the button. Both are valid for {minutes}.',
      button: 'Sign in',
    },
    'second-factor-code': {
      subject: 'Your code for the second step at {brand}',
      lead: 'Type this code to finish signing in. It is valid for {minutes}.',
    },
    'sign-up-code': {
      subject: 'Confirm your address for {brand}',
      lead: 'Type this code to finish creating your account, or use the button. Both are valid for {minutes}.',
      button: 'Confirm address',
    },
    'account-exists': {
      subject: 'You already have an account at {brand}',
      lead: 'Somebody, perhaps you, tried to create an account with this address. There is one already: sign in, or set a new password if you no longer know yours.',
      button: 'Go to sign-in',
    },
    'verify-email': {
      subject: 'Confirm your address for {brand}',
      lead: 'Type this code or use the button to confirm that this address is yours. Both are valid for {hours}.',
      button: 'Confirm address',
    },
    'reset-password': {
      subject: 'Set a new password for {brand}',
      lead: 'Type this code or use the button to choose a new password. Both are valid for {minutes}.',
      button: 'Choose a new password',
    },
    'password-changed': {
      subject: 'Your password for {brand} was changed',
      lead: 'The password of your account was changed.',
      button: 'This was not me',
    },
    'new-device': {
      subject: 'New sign-in to {brand}',
      lead: 'Your account was signed in to from a browser that was not used before.',
      button: 'This was not me',
    },
    'factor-changed': {
      subject: 'The way you sign in to {brand} was changed',
      lead: 'What was changed: {what}.',
      button: 'This was not me',
    },
    'change-email': {
      subject: 'Confirm your new address for {brand}',
      lead: 'Type this code or use the button to use this address for your account. Both are valid for {hours}.',
      button: 'Confirm address',
    },
    'email-changed': {
      subject: 'The address of your account at {brand} was changed',
      lead: 'The address of your account is now {email}. If you did not change it, you can undo this for {days}.',
      button: 'Undo the change',
    },
    'account-frozen': {
      subject: 'Your account at {brand} was frozen',
      lead: 'Your account was frozen on {time}. Every session has ended, and nobody can sign in until a new password is set.',
    },
    invitation: {
      subject: 'You are invited to {brand}',
      lead: 'Use the button to accept the invitation. It is valid for {days}.',
      button: 'Accept the invitation',
    },
    'organization-invitation': {
      subject: 'You are invited to join {organization}',
      lead: '{organization} invites you to join it at {brand}. Use the button to accept the invitation. It is valid for {days}.',
      button: 'Accept the invitation',
    },
    'domain-proved': {
      subject: '{domain} now belongs to {organization}',
      lead: 'The record of the domain was found: {organization} has proved at {brand} that {domain} is its own. Leave the record where it is; it is looked for once a day.',
    },
    'domain-lost': {
      subject: '{organization} has lost the domain {domain}',
      lead: 'The record that proves {domain} has been missing for days, so that the domain no longer counts for {organization} at {brand}. Members stay members; nobody joins by the domain any more. Publish the record again and have it checked in the area of the organization.',
    },
    'deletion-planned': {
      subject: 'Your account at {brand} will be deleted',
      lead: 'Your account and everything in it will be deleted on {time}. Until then you can keep it.',
      button: 'Keep the account',
    },
    'phone-code': {
      subject: 'Your code for {brand}',
      lead: 'Type this code to confirm your phone number. It is valid for {minutes}.',
    },
    test: {
      subject: 'Test message from {brand}',
      lead: 'This message was asked for on {time}, to see whether messages arrive. They do.',
    },
  },
  notes: {
    ignore: 'If you did not ask for this, ignore this mail. Never pass the code on.',
    unchanged: 'If you did not ask for this, ignore this mail: your password stays as it is.',
    known: 'If you are not signing in, somebody else may know your password: change it. Never pass the code on.',
    nothing: 'If this was not you, there is nothing to do.',
    notYou: 'If this was you, there is nothing to do. If not, say so with the button.',
  },
  reasons: {
    asked: 'This mail was sent because somebody entered this address at {brand}.',
    account: 'This mail was sent because this address belongs to an account at {brand}.',
    invited: 'This mail was sent because somebody at {brand} invited this address.',
    tested: 'This mail was sent because an operator of {brand} tested the delivery of mail.',
  },
  facts: { time: 'Time', ip: 'IP address', device: 'Device' },
  sms: '{code} is your code for {brand}. It is valid for {minutes}. Never pass it on.',
}
