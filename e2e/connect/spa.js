import { UserManager, WebStorageStateStore } from 'oidc-client-ts'

const home = `${location.origin}/`
const { authority, clientId } = document.documentElement.dataset

const manager = new UserManager({
  authority,
  client_id: clientId,
  redirect_uri: `${home}callback`,
  silent_redirect_uri: `${home}silent`,
  post_logout_redirect_uri: home,
  scope: 'openid profile email',
  loadUserInfo: true,
  automaticSilentRenew: false,
  // Tokens end with the tab; sessionStorage is read by this origin alone.
  userStore: new WebStorageStateStore({ store: sessionStorage }),
})

const show = (user) => {
  document.querySelector('#user').textContent = user ? user.profile.preferred_username : 'nobody'
  document.querySelector('#token').textContent = user?.access_token ?? ''
}

const on = (id, act) => document.querySelector(id).addEventListener('click', () => act().catch((error) => console.error(String(error))))

on('#sign-in', () => manager.signinRedirect())
on('#renew', async () => show(await manager.signinSilent()))
on('#sign-out', () => manager.signoutRedirect())

if (location.pathname === '/silent') await manager.signinSilentCallback()
else if (location.pathname === '/callback') {
  await manager.signinRedirectCallback()
  // The code leaves the address bar.
  history.replaceState({}, '', '/')
  show(await manager.getUser())
} else show(await manager.getUser())
