/** Names that pages, mail and paths speak for; nobody may carry them. */
export const reservedNames: ReadonlySet<string> = new Set(
  `abuse account accounts admin administrator anonymous api auth authorize billing cip console contact daemon docs everyone guest health help
  hostmaster info login logout mail me mailer-daemon moderator nobody noc noreply no-reply null oauth oauth2 official openid operator owner
  postmaster privacy register root security settings signin signup sso staff status superuser support sysadmin system team terms token
  undefined user users webmaster well-known www`.split(/\s+/),
)
