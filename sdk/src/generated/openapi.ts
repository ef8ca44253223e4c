// Generated from the OpenAPI document of the server by npm run generate; do not edit.
export interface paths {
 readonly "/account/v1/me": {
  /** The account of who is signed in */
  readonly get: operations["getAccountV1Me"];
 };
 readonly "/account/v1/profile": {
  /** Change attributes of the profile */
  readonly patch: operations["patchAccountV1Profile"];
 };
 readonly "/account/v1/language": {
  /** Choose the language of mails; null leaves it to the browser */
  readonly put: operations["putAccountV1Language"];
 };
 readonly "/account/v1/avatar": {
  /**
   * Replace the picture
   * @description The bytes of a PNG, JPEG or WebP image of at most 64 KiB and 1,024 by 1,024 pixels; its kind is told by its bytes. It is made anew as a WebP square of 256 pixels, from its middle.
   */
  readonly put: operations["putAccountV1Avatar"];
  /** Remove the picture */
  readonly delete: operations["deleteAccountV1Avatar"];
 };
 readonly "/account/v1/avatar/{userId}/{hash}": {
  /** A picture, by its owner and its hash */
  readonly get: operations["getAccountV1AvatarUserIdHash"];
 };
 readonly "/account/v1/email": {
  /**
   * Ask for another e-mail address
   * @description Sends a code and a link to it. Nothing changes before one of them comes back.
   */
  readonly post: operations["postAccountV1Email"];
 };
 readonly "/account/v1/email/confirm": {
  /** Prove the other address by its code; it takes the place of the present one */
  readonly post: operations["postAccountV1EmailConfirm"];
 };
 readonly "/account/v1/email/verification": {
  /** Send a code and a link that prove the present address */
  readonly post: operations["postAccountV1EmailVerification"];
 };
 readonly "/account/v1/email/verification/confirm": {
  /** Prove the present address by its code */
  readonly post: operations["postAccountV1EmailVerificationConfirm"];
 };
 readonly "/account/v1/phone": {
  /** Send a code to a phone number, to prove it */
  readonly post: operations["postAccountV1Phone"];
  /** Remove the phone number */
  readonly delete: operations["deleteAccountV1Phone"];
 };
 readonly "/account/v1/phone/confirm": {
  /** Prove the phone number by its code; it takes the place of the present one */
  readonly post: operations["postAccountV1PhoneConfirm"];
 };
 readonly "/account/v1/password": {
  /** Set the password; every other session ends */
  readonly put: operations["putAccountV1Password"];
 };
 readonly "/account/v1/factors": {
  /** What the account is signed in to with */
  readonly get: operations["getAccountV1Factors"];
 };
 readonly "/account/v1/totp": {
  /** Begin to set up an authenticator app */
  readonly post: operations["postAccountV1Totp"];
  /** Remove the authenticator app */
  readonly delete: operations["deleteAccountV1Totp"];
 };
 readonly "/account/v1/totp/confirm": {
  /**
   * Confirm the authenticator app by its first code
   * @description Where the account had no recovery codes, they are made and shown this once.
   */
  readonly post: operations["postAccountV1TotpConfirm"];
 };
 readonly "/account/v1/recovery-codes": {
  /** Make ten new recovery codes; the ones before end */
  readonly post: operations["postAccountV1RecoveryCodes"];
 };
 readonly "/account/v1/passkeys/options": {
  /**
   * Options for a new passkey
   * @description For PublicKeyCredential.parseCreationOptionsFromJSON; the token goes back with the answer within five minutes.
   */
  readonly post: operations["postAccountV1PasskeysOptions"];
 };
 readonly "/account/v1/passkeys": {
  /** Add a passkey */
  readonly post: operations["postAccountV1Passkeys"];
 };
 readonly "/account/v1/passkeys/signal": {
  /** What the authenticators of a person are told (Web Authentication Level 3 section 5.1.10) */
  readonly get: operations["getAccountV1PasskeysSignal"];
 };
 readonly "/account/v1/passkeys/{id}": {
  /** Remove a passkey, unless it is the last way to sign in */
  readonly delete: operations["deleteAccountV1PasskeysId"];
  /** Give a passkey another name */
  readonly patch: operations["patchAccountV1PasskeysId"];
 };
 readonly "/account/v1/sessions": {
  /** Where the person is signed in */
  readonly get: operations["getAccountV1Sessions"];
 };
 readonly "/account/v1/sessions/{id}": {
  /** End a session, with all that it gave to applications */
  readonly delete: operations["deleteAccountV1SessionsId"];
 };
 readonly "/account/v1/sessions/end-others": {
  /** End every session but this one */
  readonly post: operations["postAccountV1SessionsEndOthers"];
 };
 readonly "/account/v1/devices": {
  /** Browsers that the person signed in with */
  readonly get: operations["getAccountV1Devices"];
 };
 readonly "/account/v1/devices/trust": {
  /** Ask for the second factor in every browser again */
  readonly delete: operations["deleteAccountV1DevicesTrust"];
 };
 readonly "/account/v1/applications": {
  /** Applications that the person has let in */
  readonly get: operations["getAccountV1Applications"];
 };
 readonly "/account/v1/applications/{clientId}": {
  /** Take back what an application was given: consent and tokens end */
  readonly delete: operations["deleteAccountV1ApplicationsClientId"];
 };
 readonly "/account/v1/identities": {
  /**
   * Accounts at other services that the person signs in with
   * @description Empty for everybody as long as this server offers no sign-in by another service.
   */
  readonly get: operations["getAccountV1Identities"];
 };
 readonly "/account/v1/activity": {
  /** What happened with the account, the newest first */
  readonly get: operations["getAccountV1Activity"];
 };
 readonly "/account/v1/export": {
  /** Everything that is kept of the person, secrets apart */
  readonly get: operations["getAccountV1Export"];
 };
 readonly "/account/v1/deletion": {
  /**
   * Delete the account in 14 days
   * @description A mail tells of it, with a link that keeps the account. The only owner of an organization makes another one first: the 409 says in `organizations` of which.
   */
  readonly post: operations["postAccountV1Deletion"];
  /** Keep the account */
  readonly delete: operations["deleteAccountV1Deletion"];
 };
 readonly "/admin/v1/me": {
  /** Who this token speaks for, and what it allows */
  readonly get: operations["getAdminV1Me"];
 };
 readonly "/admin/v1/tokens": {
  /** Own personal access tokens */
  readonly get: operations["getAdminV1Tokens"];
  /**
   * Make a personal access token
   * @description The token is in this answer and never again. It allows what is listed, and less where its owner may do less.
   */
  readonly post: operations["postAdminV1Tokens"];
 };
 readonly "/admin/v1/tokens/{id}": {
  /** Remove an own personal access token; it ends at once */
  readonly delete: operations["deleteAdminV1TokensId"];
 };
 readonly "/admin/v1/users/export": {
  /**
   * Export all accounts, without their password hashes
   * @description JSON Lines in the order of their numbers, which an import reads. It is written as it is read; one that is cut off is not whole.
   */
  readonly post: operations["postAdminV1UsersExport"];
 };
 readonly "/admin/v1/users/export/with-password-hashes": {
  /**
   * Export all accounts with their password hashes
   * @description JSON Lines in the order of their numbers, which an import reads. It is written as it is read; one that is cut off is not whole.
   */
  readonly post: operations["postAdminV1UsersExportWithPasswordHashes"];
 };
 readonly "/admin/v1/imports": {
  /**
   * Imports of accounts, the newest first
   * @description They are kept for 90 days.
   */
  readonly get: operations["getAdminV1Imports"];
  /**
   * Begin an import of accounts
   * @description Then send its rows in parts, and finish it. The columns are those of the command line.
   */
  readonly post: operations["postAdminV1Imports"];
 };
 readonly "/admin/v1/imports/{id}": {
  /** How far an import is */
  readonly get: operations["getAdminV1ImportsId"];
 };
 readonly "/admin/v1/imports/{id}/rows": {
  /**
   * Send the next rows of an import
   * @description At most 250 rows and 64 KiB, each checked as a registration would be. What is wrong with a row refuses that row alone. A part that is sent again changes nothing and is answered as it was.
   */
  readonly post: operations["postAdminV1ImportsIdRows"];
 };
 readonly "/admin/v1/imports/{id}/problems": {
  /** Rows of an import that were refused, with the reason */
  readonly get: operations["getAdminV1ImportsIdProblems"];
 };
 readonly "/admin/v1/imports/{id}/finish": {
  /** Finish an import: it takes no more rows */
  readonly post: operations["postAdminV1ImportsIdFinish"];
 };
 readonly "/admin/v1/imports/{id}/cancel": {
  /** Cancel an import; accounts that were made stay */
  readonly post: operations["postAdminV1ImportsIdCancel"];
 };
 readonly "/admin/v1/users/{id}/impersonation": {
  /**
   * Act as a person: a ticket for a short session in their name
   * @description The session says who acts, in every token as the claim act (RFC 8693 section 4.1). It changes nothing that guards the account, allows no application anything, and ends by itself.
   */
  readonly post: operations["postAdminV1UsersIdImpersonation"];
 };
 readonly "/admin/v1/impersonations": {
  /**
   * Who acted as whom and why, the newest first
   * @description They are kept for 90 days; the events longer.
   */
  readonly get: operations["getAdminV1Impersonations"];
 };
 readonly "/admin/v1/impersonations/{id}": {
  /** End it at once, with all that was issued in its session */
  readonly delete: operations["deleteAdminV1ImpersonationsId"];
 };
 readonly "/admin/v1/users": {
  /** Accounts by name, by attribute, or the newest first */
  readonly get: operations["getAdminV1Users"];
  /**
   * Make an account
   * @description Without a password: the person chooses one by the link of a mail, or signs in in another way that the tenant allows.
   */
  readonly post: operations["postAdminV1Users"];
 };
 readonly "/admin/v1/users/{id}": {
  /** One account with its factors, sessions, roles and groups */
  readonly get: operations["getAdminV1UsersId"];
  /**
   * Delete an account with all that belongs to it
   * @description It cannot be taken back. What was written in events about the person stays without the account.
   */
  readonly delete: operations["deleteAdminV1UsersId"];
  /** Change names, language and attributes of an account */
  readonly patch: operations["patchAdminV1UsersId"];
 };
 readonly "/admin/v1/users/{id}/disable": {
  /** Shut an account: its sessions end and nobody signs in to it */
  readonly post: operations["postAdminV1UsersIdDisable"];
 };
 readonly "/admin/v1/users/{id}/enable": {
  /** Open an account that is disabled or frozen */
  readonly post: operations["postAdminV1UsersIdEnable"];
 };
 readonly "/admin/v1/users/{id}/unlock": {
  /** End the locks that wrong passwords and codes have put on an account */
  readonly post: operations["postAdminV1UsersIdUnlock"];
 };
 readonly "/admin/v1/users/{id}/password-reset": {
  /**
   * Mail the person a link by which they choose a new password
   * @description To the address of the account, which takes a few such mails in an hour. Nothing changes before the person has followed the link.
   */
  readonly post: operations["postAdminV1UsersIdPasswordReset"];
 };
 readonly "/admin/v1/users/bulk": {
  /**
   * Disable, enable, sign out or delete up to a hundred accounts
   * @description One after the other, in the order given; the answer tells of each what came of it. A second call with the same ids does no harm.
   */
  readonly post: operations["postAdminV1UsersBulk"];
 };
 readonly "/admin/v1/users/{id}/sessions": {
  /** Where a person is signed in */
  readonly get: operations["getAdminV1UsersIdSessions"];
  /** End every session of a person, with what they gave to applications */
  readonly delete: operations["deleteAdminV1UsersIdSessions"];
 };
 readonly "/admin/v1/users/{id}/sessions/{session}": {
  /** End a session of a person, with what it gave to applications */
  readonly delete: operations["deleteAdminV1UsersIdSessionsSession"];
 };
 readonly "/admin/v1/users/{id}/credentials": {
  /** What an account is signed in to with; no secret among it */
  readonly get: operations["getAdminV1UsersIdCredentials"];
 };
 readonly "/admin/v1/users/{id}/credentials/totp": {
  /**
   * Remove the authenticator app that a person has lost
   * @description The person is told by mail, with a link that freezes the account.
   */
  readonly delete: operations["deleteAdminV1UsersIdCredentialsTotp"];
 };
 readonly "/admin/v1/users/{id}/credentials/recovery-codes": {
  /**
   * Remove the recovery codes of a person
   * @description The person is told by mail, with a link that freezes the account.
   */
  readonly delete: operations["deleteAdminV1UsersIdCredentialsRecoveryCodes"];
 };
 readonly "/admin/v1/users/{id}/credentials/passkeys/{passkey}": {
  /**
   * Remove a passkey that a person has lost
   * @description The person is told by mail, with a link that freezes the account.
   */
  readonly delete: operations["deleteAdminV1UsersIdCredentialsPasskeysPasskey"];
 };
 readonly "/admin/v1/users/{id}/credentials/trusted-browsers": {
  /**
   * Ask for the second factor in every browser of a person again
   * @description The person is told by mail, with a link that freezes the account.
   */
  readonly delete: operations["deleteAdminV1UsersIdCredentialsTrustedBrowsers"];
 };
 readonly "/admin/v1/users/{id}/credentials/password": {
  /**
   * Take the password of a person away; every session ends
   * @description The person is told by mail, with a link that freezes the account.
   */
  readonly delete: operations["deleteAdminV1UsersIdCredentialsPassword"];
 };
 readonly "/admin/v1/users/{id}/grants": {
  /** Applications that a person has let in */
  readonly get: operations["getAdminV1UsersIdGrants"];
 };
 readonly "/admin/v1/users/{id}/grants/{client}": {
  /** Take back what a person gave to an application: consent and tokens end */
  readonly delete: operations["deleteAdminV1UsersIdGrantsClient"];
 };
 readonly "/admin/v1/overview": {
  /**
   * How sign-ins go, what happened last, and what needs somebody
   * @description What the asker has no permission to read is null. The hash queue is that of the process that answers.
   */
  readonly get: operations["getAdminV1Overview"];
 };
 readonly "/admin/v1/events": {
  /**
   * Audit events that fit, the newest first
   * @description A page of a search by address can hold fewer than asked for, or none, and still have a next one.
   */
  readonly get: operations["getAdminV1Events"];
 };
 readonly "/admin/v1/users/{id}/events": {
  /** What happened with an account, the newest first */
  readonly get: operations["getAdminV1UsersIdEvents"];
 };
 readonly "/admin/v1/events/types": {
  /** Every type of event, with a sentence and an example of its payload */
  readonly get: operations["getAdminV1EventsTypes"];
 };
 readonly "/admin/v1/requests/{request}": {
  /**
   * What a request did: its events in their order
   * @description By the id that the answer had as X-Request-Id and that pages of errors show. At most 200 events.
   */
  readonly get: operations["getAdminV1RequestsRequest"];
 };
 readonly "/admin/v1/requests/{request}/story": {
  /**
   * Explain a sign-in: what each step decided, why, and what can be done
   * @description By the id of one of its requests. Events of its sessions and of the same person within half an hour before and an hour after belong to it, at most 100 of each.
   */
  readonly get: operations["getAdminV1RequestsRequestStory"];
 };
 readonly "/admin/v1/audit": {
  /**
   * The signed head of the tree that all audit events are in
   * @description Keep the checkpoint where the operators of the server cannot reach it; cip audit verify --checkpoint compares it later.
   */
  readonly get: operations["getAdminV1Audit"];
 };
 readonly "/admin/v1/events/export": {
  /**
   * All audit events that fit, the newest first, as JSON Lines or CSV
   * @description In CSV a quote stands before what a spreadsheet would run as a formula. What happens after the call is not in it.
   */
  readonly get: operations["getAdminV1EventsExport"];
 };
 readonly "/admin/v1/tenants": {
  /** The tenants of the installation */
  readonly get: operations["getAdminV1Tenants"];
  /** Make a tenant with an issuer, keys, users and applications of its own */
  readonly post: operations["postAdminV1Tenants"];
 };
 readonly "/admin/v1/tenants/{id}": {
  /** One tenant */
  readonly get: operations["getAdminV1TenantsId"];
  /** Suspend a tenant at once and delete it after seven days */
  readonly delete: operations["deleteAdminV1TenantsId"];
 };
 readonly "/admin/v1/tenants/{id}/suspend": {
  /** Serve nothing of a tenant any more, within seconds; nothing of it is lost */
  readonly post: operations["postAdminV1TenantsIdSuspend"];
 };
 readonly "/admin/v1/tenants/{id}/resume": {
  /** Serve a tenant again; a deletion that was planned is called off */
  readonly post: operations["postAdminV1TenantsIdResume"];
 };
 readonly "/admin/v1/jobs": {
  /** Regular work of the installation with its last outcome, and what waits to be sent */
  readonly get: operations["getAdminV1Jobs"];
 };
 readonly "/admin/v1/permissions": {
  /** Everything that a role can allow */
  readonly get: operations["getAdminV1Permissions"];
 };
 readonly "/admin/v1/roles": {
  /** Roles, the built-in ones first */
  readonly get: operations["getAdminV1Roles"];
  /**
   * Make a role
   * @description It can allow what whoever makes it holds, and nothing more.
   */
  readonly post: operations["postAdminV1Roles"];
 };
 readonly "/admin/v1/roles/{role}": {
  /** One role */
  readonly get: operations["getAdminV1RolesRole"];
  /** Delete a role that nobody holds */
  readonly delete: operations["deleteAdminV1RolesRole"];
  /**
   * Change a role
   * @description Whoever holds it may do more or less from the next request on.
   */
  readonly patch: operations["patchAdminV1RolesRole"];
 };
 readonly "/admin/v1/roles/{role}/holders": {
  /**
   * To whom a role was given, 500 at most
   * @description People, groups and applications. Members of a group hold its roles without being listed.
   */
  readonly get: operations["getAdminV1RolesRoleHolders"];
 };
 readonly "/admin/v1/users/{id}/roles": {
  /** Roles that were given to this user */
  readonly get: operations["getAdminV1UsersIdRoles"];
 };
 readonly "/admin/v1/users/{id}/roles/{role}": {
  /**
   * Give this user a role
   * @description Only a role that allows nothing beyond what whoever gives it may do themselves.
   */
  readonly put: operations["putAdminV1UsersIdRolesRole"];
  /** Take a role from this user */
  readonly delete: operations["deleteAdminV1UsersIdRolesRole"];
 };
 readonly "/admin/v1/groups/{id}/roles": {
  /** Roles that were given to this group */
  readonly get: operations["getAdminV1GroupsIdRoles"];
 };
 readonly "/admin/v1/groups/{id}/roles/{role}": {
  /**
   * Give this group a role
   * @description Only a role that allows nothing beyond what whoever gives it may do themselves.
   */
  readonly put: operations["putAdminV1GroupsIdRolesRole"];
  /** Take a role from this group */
  readonly delete: operations["deleteAdminV1GroupsIdRolesRole"];
 };
 readonly "/admin/v1/clients/{id}/roles": {
  /** Roles that were given to this application */
  readonly get: operations["getAdminV1ClientsIdRoles"];
 };
 readonly "/admin/v1/clients/{id}/roles/{role}": {
  /**
   * Give this application a role
   * @description Only a role that allows nothing beyond what whoever gives it may do themselves.
   */
  readonly put: operations["putAdminV1ClientsIdRolesRole"];
  /** Take a role from this application */
  readonly delete: operations["deleteAdminV1ClientsIdRolesRole"];
 };
 readonly "/admin/v1/groups": {
  /** Groups by name */
  readonly get: operations["getAdminV1Groups"];
  /** Make a group */
  readonly post: operations["postAdminV1Groups"];
 };
 readonly "/admin/v1/groups/{id}": {
  /** One group */
  readonly get: operations["getAdminV1GroupsId"];
  /** Delete a group; its members lose the roles that it gave */
  readonly delete: operations["deleteAdminV1GroupsId"];
  /** Change the name or description of a group */
  readonly patch: operations["patchAdminV1GroupsId"];
 };
 readonly "/admin/v1/groups/{id}/members": {
  /** Members of a group */
  readonly get: operations["getAdminV1GroupsIdMembers"];
 };
 readonly "/admin/v1/groups/{id}/members/{userId}": {
  /**
   * Let a person join a group and get its roles
   * @description Only of a group whose roles allow nothing beyond what whoever does it may do themselves.
   */
  readonly put: operations["putAdminV1GroupsIdMembersUserId"];
  /**
   * Take a person out of a group
   * @description Only of a group whose roles allow nothing beyond what whoever does it may do themselves.
   */
  readonly delete: operations["deleteAdminV1GroupsIdMembersUserId"];
 };
 readonly "/admin/v1/clients": {
  /** Applications by id, or those whose name begins so */
  readonly get: operations["getAdminV1Clients"];
  /**
   * Register an application
   * @description Its secret is in this answer and never again. Who asks for the scope admin or account needs roles:write besides.
   */
  readonly post: operations["postAdminV1Clients"];
 };
 readonly "/admin/v1/clients/{id}": {
  /** One application with its metadata, never with a secret */
  readonly get: operations["getAdminV1ClientsId"];
  /** Delete an application with everything that was granted to it */
  readonly delete: operations["deleteAdminV1ClientsId"];
  /**
   * Change an application
   * @description A change of how it authenticates ends its secrets; where it needs one the new one is in this answer alone.
   */
  readonly patch: operations["patchAdminV1ClientsId"];
 };
 readonly "/admin/v1/clients/{id}/disable": {
  /** Shut an application: no sign-in and no token for it from now on */
  readonly post: operations["postAdminV1ClientsIdDisable"];
 };
 readonly "/admin/v1/clients/{id}/enable": {
  /** Open an application that was disabled */
  readonly post: operations["postAdminV1ClientsIdEnable"];
 };
 readonly "/admin/v1/clients/{id}/secrets": {
  /**
   * Give an application a new secret
   * @description It is in this answer and never again. The present ones end after the overlap.
   */
  readonly post: operations["postAdminV1ClientsIdSecrets"];
 };
 readonly "/admin/v1/clients/{id}/redirect-uris": {
  /**
   * Let answers go to one more redirect URI
   * @description It is checked as at a registration. One that is registered already changes nothing.
   */
  readonly post: operations["postAdminV1ClientsIdRedirectUris"];
 };
 readonly "/admin/v1/clients/{id}/first-sign-in": {
  /**
   * Whether and when somebody first signed in to an application
   * @description As far back as its grants are kept. An application that gets tokens for itself alone has none.
   */
  readonly get: operations["getAdminV1ClientsIdFirstSignIn"];
 };
 readonly "/admin/v1/clients/{id}/grants": {
  /**
   * What people have given to an application and what lives, the newest first
   * @description Each sign-in of a person gives one. It is taken back at the person: DELETE /admin/v1/users/{id}/grants/{client}.
   */
  readonly get: operations["getAdminV1ClientsIdGrants"];
 };
 readonly "/admin/v1/resources": {
  /** APIs that take access tokens, by identifier, a thousand at most */
  readonly get: operations["getAdminV1Resources"];
  /** Register an API that takes access tokens */
  readonly post: operations["postAdminV1Resources"];
 };
 readonly "/admin/v1/resources/{identifier}": {
  /** One API; its identifier stands percent-encoded in the path */
  readonly get: operations["getAdminV1ResourcesIdentifier"];
  /** Delete an API: no application gets tokens for it any more */
  readonly delete: operations["deleteAdminV1ResourcesIdentifier"];
  /** Change an API; the scopes that are named replace the present ones */
  readonly patch: operations["patchAdminV1ResourcesIdentifier"];
 };
 readonly "/admin/v1/webhooks": {
  /** Webhooks with their health */
  readonly get: operations["getAdminV1Webhooks"];
  /**
   * Make a webhook
   * @description Events from then on are sent to it, signed by the secret of this answer. Addresses inside the network need CIP_OUTBOUND_ALLOW.
   */
  readonly post: operations["postAdminV1Webhooks"];
 };
 readonly "/admin/v1/webhooks/{id}": {
  /** One webhook */
  readonly get: operations["getAdminV1WebhooksId"];
  /** Delete a webhook with its deliveries */
  readonly delete: operations["deleteAdminV1WebhooksId"];
  /** Change a webhook, open or shut it */
  readonly patch: operations["patchAdminV1WebhooksId"];
 };
 readonly "/admin/v1/webhooks/{id}/rotate-secret": {
  /** Give a webhook a new secret; both sign until the overlap is over */
  readonly post: operations["postAdminV1WebhooksIdRotateSecret"];
 };
 readonly "/admin/v1/webhooks/{id}/test": {
  /** Write the event webhook.tested, which is sent to every webhook that asks for it */
  readonly post: operations["postAdminV1WebhooksIdTest"];
 };
 readonly "/admin/v1/webhooks/{id}/deliveries": {
  /** What was sent to a webhook, and what became of it, for a month */
  readonly get: operations["getAdminV1WebhooksIdDeliveries"];
 };
 readonly "/admin/v1/webhooks/{id}/deliveries/{delivery}/replay": {
  /**
   * Send a delivery again
   * @description With the same webhook-id, so that a receiver knows what it has had already.
   */
  readonly post: operations["postAdminV1WebhooksIdDeliveriesDeliveryReplay"];
 };
 readonly "/admin/v1/webhooks/{id}/replay": {
  /**
   * Send again everything that was given up
   * @description With the same webhook-id, so that a receiver knows what it has had already.
   */
  readonly post: operations["postAdminV1WebhooksIdReplay"];
 };
 readonly "/admin/v1/organization-roles": {
  /** Roles that members of organizations can have, and everything that such a role can allow */
  readonly get: operations["getAdminV1OrganizationRoles"];
  /** Make a role for organizations */
  readonly post: operations["postAdminV1OrganizationRoles"];
 };
 readonly "/admin/v1/organization-roles/{role}": {
  /** One role for organizations */
  readonly get: operations["getAdminV1OrganizationRolesRole"];
  /** Delete a role for organizations that nobody holds */
  readonly delete: operations["deleteAdminV1OrganizationRolesRole"];
  /**
   * Change a role for organizations
   * @description It counts for every member who holds it, in all organizations of the tenant, from the next request on.
   */
  readonly patch: operations["patchAdminV1OrganizationRolesRole"];
 };
 readonly "/admin/v1/mail/templates": {
  /** Templates of messages, and the languages in which a part was written anew */
  readonly get: operations["getAdminV1MailTemplates"];
 };
 readonly "/admin/v1/mail/templates/{template}/{language}": {
  /** What was written anew of a template in a language, and which words it has */
  readonly get: operations["getAdminV1MailTemplatesTemplateLanguage"];
  /** Write parts of a template anew; those that are left out are as they came */
  readonly put: operations["putAdminV1MailTemplatesTemplateLanguage"];
  /** Go back to the text that comes with the platform */
  readonly delete: operations["deleteAdminV1MailTemplatesTemplateLanguage"];
 };
 readonly "/admin/v1/mail/templates/{template}/{language}/preview": {
  /**
   * Print a template with sample words, with these parts in place of the saved ones
   * @description Nothing is saved or sent. Without a part it is printed as it is now.
   */
  readonly post: operations["postAdminV1MailTemplatesTemplateLanguagePreview"];
 };
 readonly "/admin/v1/settings/sign-in": {
  /** How people sign in */
  readonly get: operations["getAdminV1SettingsSignIn"];
  /**
   * How people sign in: replace it
   * @description Members that are left out go back to what they are by themselves. Needs If-Match.
   */
  readonly put: operations["putAdminV1SettingsSignIn"];
 };
 readonly "/admin/v1/settings/sign-in/history": {
  /**
   * How people sign in: what it was, the newest first
   * @description The last hundred versions are kept.
   */
  readonly get: operations["getAdminV1SettingsSignInHistory"];
 };
 readonly "/admin/v1/settings/sign-in/revert/{version}": {
  /**
   * How people sign in: set a former version again
   * @description It is checked as a new one and becomes the newest version. Needs If-Match.
   */
  readonly post: operations["postAdminV1SettingsSignInRevertVersion"];
 };
 readonly "/admin/v1/settings/branding": {
  /** How the pages look */
  readonly get: operations["getAdminV1SettingsBranding"];
  /**
   * How the pages look: replace it
   * @description Members that are left out go back to what they are by themselves. Needs If-Match.
   */
  readonly put: operations["putAdminV1SettingsBranding"];
 };
 readonly "/admin/v1/settings/branding/history": {
  /**
   * How the pages look: what it was, the newest first
   * @description The last hundred versions are kept.
   */
  readonly get: operations["getAdminV1SettingsBrandingHistory"];
 };
 readonly "/admin/v1/settings/branding/revert/{version}": {
  /**
   * How the pages look: set a former version again
   * @description It is checked as a new one and becomes the newest version. Needs If-Match.
   */
  readonly post: operations["postAdminV1SettingsBrandingRevertVersion"];
 };
 readonly "/admin/v1/settings/attributes": {
  /** What may be known of people */
  readonly get: operations["getAdminV1SettingsAttributes"];
  /**
   * What may be known of people: replace it
   * @description Members that are left out go back to what they are by themselves. Needs If-Match.
   */
  readonly put: operations["putAdminV1SettingsAttributes"];
 };
 readonly "/admin/v1/settings/attributes/history": {
  /**
   * What may be known of people: what it was, the newest first
   * @description The last hundred versions are kept.
   */
  readonly get: operations["getAdminV1SettingsAttributesHistory"];
 };
 readonly "/admin/v1/settings/attributes/revert/{version}": {
  /**
   * What may be known of people: set a former version again
   * @description It is checked as a new one and becomes the newest version. Needs If-Match.
   */
  readonly post: operations["postAdminV1SettingsAttributesRevertVersion"];
 };
 readonly "/admin/v1/settings/claims": {
  /** Which attributes applications get as claims */
  readonly get: operations["getAdminV1SettingsClaims"];
  /**
   * Which attributes applications get as claims: replace it
   * @description Members that are left out go back to what they are by themselves. Needs If-Match.
   */
  readonly put: operations["putAdminV1SettingsClaims"];
 };
 readonly "/admin/v1/settings/claims/history": {
  /**
   * Which attributes applications get as claims: what it was, the newest first
   * @description The last hundred versions are kept.
   */
  readonly get: operations["getAdminV1SettingsClaimsHistory"];
 };
 readonly "/admin/v1/settings/claims/revert/{version}": {
  /**
   * Which attributes applications get as claims: set a former version again
   * @description It is checked as a new one and becomes the newest version. Needs If-Match.
   */
  readonly post: operations["postAdminV1SettingsClaimsRevertVersion"];
 };
 readonly "/admin/v1/settings/registration": {
  /** Who may register applications */
  readonly get: operations["getAdminV1SettingsRegistration"];
  /**
   * Who may register applications: replace it
   * @description Members that are left out go back to what they are by themselves. Needs If-Match.
   */
  readonly put: operations["putAdminV1SettingsRegistration"];
 };
 readonly "/admin/v1/settings/registration/history": {
  /**
   * Who may register applications: what it was, the newest first
   * @description The last hundred versions are kept.
   */
  readonly get: operations["getAdminV1SettingsRegistrationHistory"];
 };
 readonly "/admin/v1/settings/registration/revert/{version}": {
  /**
   * Who may register applications: set a former version again
   * @description It is checked as a new one and becomes the newest version. Needs If-Match.
   */
  readonly post: operations["postAdminV1SettingsRegistrationRevertVersion"];
 };
 readonly "/admin/v1/settings/hooks": {
  /** Which hooks are asked */
  readonly get: operations["getAdminV1SettingsHooks"];
  /**
   * Which hooks are asked: replace it
   * @description Members that are left out go back to what they are by themselves. Needs If-Match.
   */
  readonly put: operations["putAdminV1SettingsHooks"];
 };
 readonly "/admin/v1/settings/hooks/history": {
  /**
   * Which hooks are asked: what it was, the newest first
   * @description The last hundred versions are kept.
   */
  readonly get: operations["getAdminV1SettingsHooksHistory"];
 };
 readonly "/admin/v1/settings/hooks/revert/{version}": {
  /**
   * Which hooks are asked: set a former version again
   * @description It is checked as a new one and becomes the newest version. Needs If-Match.
   */
  readonly post: operations["postAdminV1SettingsHooksRevertVersion"];
 };
 readonly "/admin/v1/settings/approval": {
  /** Whether changes take two persons */
  readonly get: operations["getAdminV1SettingsApproval"];
  /**
   * Whether changes take two persons: replace it
   * @description Members that are left out go back to what they are by themselves. Needs If-Match.
   */
  readonly put: operations["putAdminV1SettingsApproval"];
 };
 readonly "/admin/v1/settings/approval/history": {
  /**
   * Whether changes take two persons: what it was, the newest first
   * @description The last hundred versions are kept.
   */
  readonly get: operations["getAdminV1SettingsApprovalHistory"];
 };
 readonly "/admin/v1/settings/approval/revert/{version}": {
  /**
   * Whether changes take two persons: set a former version again
   * @description It is checked as a new one and becomes the newest version. Needs If-Match.
   */
  readonly post: operations["postAdminV1SettingsApprovalRevertVersion"];
 };
 readonly "/admin/v1/settings/events": {
  /** How long events are kept */
  readonly get: operations["getAdminV1SettingsEvents"];
  /**
   * How long events are kept: replace it
   * @description Members that are left out go back to what they are by themselves. Needs If-Match.
   */
  readonly put: operations["putAdminV1SettingsEvents"];
 };
 readonly "/admin/v1/settings/events/history": {
  /**
   * How long events are kept: what it was, the newest first
   * @description The last hundred versions are kept.
   */
  readonly get: operations["getAdminV1SettingsEventsHistory"];
 };
 readonly "/admin/v1/settings/events/revert/{version}": {
  /**
   * How long events are kept: set a former version again
   * @description It is checked as a new one and becomes the newest version. Needs If-Match.
   */
  readonly post: operations["postAdminV1SettingsEventsRevertVersion"];
 };
 readonly "/admin/v1/settings/branding/logo": {
  /**
   * Upload the logo, a PNG, JPEG or WebP picture of at most 64 KiB
   * @description SVG is refused: it can hold script. Needs If-Match with the ETag of the branding.
   */
  readonly put: operations["putAdminV1SettingsBrandingLogo"];
 };
 readonly "/admin/v1/settings/branding/preview": {
  /**
   * Check a look and seal it as a draft for the preview of the hosted pages
   * @description Nothing is saved. A look that would be refused is refused here with the same problems.
   */
  readonly post: operations["postAdminV1SettingsBrandingPreview"];
 };
 readonly "/admin/v1/registration-tokens": {
  /** Initial access tokens, never their text, a thousand at most */
  readonly get: operations["getAdminV1RegistrationTokens"];
  /**
   * Make an initial access token, by which applications register themselves
   * @description It is in this answer and never again (RFC 7591 section 3).
   */
  readonly post: operations["postAdminV1RegistrationTokens"];
 };
 readonly "/admin/v1/registration-tokens/{id}": {
  /** Delete an initial access token: nobody registers with it from now on */
  readonly delete: operations["deleteAdminV1RegistrationTokensId"];
 };
 readonly "/admin/v1/keys": {
  /** Signing keys with their state and dates, never their private parts */
  readonly get: operations["getAdminV1Keys"];
 };
 readonly "/admin/v1/keys/rotate": {
  /**
   * Give signing keys a successor
   * @description It is published now and signs ten minutes later. Tokens of the key before stay valid until they expire.
   */
  readonly post: operations["postAdminV1KeysRotate"];
 };
 readonly "/admin/v1/keys/{kid}/revoke": {
  /**
   * Refuse every token of a key from now on
   * @description Where nothing else signs for its algorithm a new key takes over. It cannot be taken back.
   */
  readonly post: operations["postAdminV1KeysKidRevoke"];
 };
 readonly "/admin/v1/config": {
  /** The configuration as one document, of the parts that one may see */
  readonly get: operations["getAdminV1Config"];
 };
 readonly "/admin/v1/config/schema": {
  /** The JSON Schema of the document */
  readonly get: operations["getAdminV1ConfigSchema"];
 };
 readonly "/admin/v1/config/plan": {
  /** What applying a document would change, with every check of it; nothing is kept */
  readonly post: operations["postAdminV1ConfigPlan"];
 };
 readonly "/admin/v1/config/apply": {
  /**
   * Change the configuration to what a document says, all of it or nothing
   * @description What it does not name stays, null deletes. 202 where the tenant asks for two persons: it waits at /admin/v1/changes.
   */
  readonly post: operations["postAdminV1ConfigApply"];
 };
 readonly "/admin/v1/config/history": {
  /**
   * When the configuration was changed, by whom and how, the newest first
   * @description The last thousand versions are kept.
   */
  readonly get: operations["getAdminV1ConfigHistory"];
 };
 readonly "/admin/v1/config/history/{version}": {
  /**
   * One version: what it changed, and what that was after it
   * @description The document is the whole configuration where it came as a document, and for the last hundred of them.
   */
  readonly get: operations["getAdminV1ConfigHistoryVersion"];
 };
 readonly "/admin/v1/config/revert/{version}": {
  /**
   * Go back to what the configuration was after a version
   * @description What later versions changed is as it was, and what they made goes. 202 where the tenant asks for two persons.
   */
  readonly post: operations["postAdminV1ConfigRevertVersion"];
 };
 readonly "/admin/v1/changes": {
  /** Changes that wait for a second person, and those that waited, the newest first */
  readonly get: operations["getAdminV1Changes"];
 };
 readonly "/admin/v1/changes/{id}": {
  /** One change, with what it would change */
  readonly get: operations["getAdminV1ChangesId"];
 };
 readonly "/admin/v1/changes/{id}/approve": {
  /**
   * Approve a change of somebody else; it is made at once
   * @description By a person who could make the change themselves, signed in a short while ago.
   */
  readonly post: operations["postAdminV1ChangesIdApprove"];
 };
 readonly "/admin/v1/changes/{id}/reject": {
  /** Reject a change, or withdraw one’s own */
  readonly post: operations["postAdminV1ChangesIdReject"];
 };
 readonly "/admin/v1/hooks/{hook}/secret": {
  /** Show the secret that signs what a hook is asked (Standard Webhooks) */
  readonly post: operations["postAdminV1HooksHookSecret"];
 };
 readonly "/admin/v1/hooks/{hook}/test": {
  /** Ask a hook with a sample ({"test": true}) and tell what came of it */
  readonly post: operations["postAdminV1HooksHookTest"];
 };
 readonly "/admin/v1/mail/messages": {
  /** Messages with their status, the newest first, never what they say */
  readonly get: operations["getAdminV1MailMessages"];
 };
 readonly "/admin/v1/mail/messages/{id}": {
  /** One message with its status */
  readonly get: operations["getAdminV1MailMessagesId"];
 };
 readonly "/admin/v1/mail/messages/{id}/retry": {
  /** Try a message again that was given up */
  readonly post: operations["postAdminV1MailMessagesIdRetry"];
 };
 readonly "/admin/v1/mail/tests": {
  /**
   * Send a test message
   * @description It is queued; how it goes tells the message of this id. It lives five minutes.
   */
  readonly post: operations["postAdminV1MailTests"];
 };
 readonly "/admin/v1/organizations": {
  /** Organizations by name */
  readonly get: operations["getAdminV1Organizations"];
  /** Make an organization */
  readonly post: operations["postAdminV1Organizations"];
 };
 readonly "/admin/v1/organizations/{id}": {
  /** One organization, by its id or its slug */
  readonly get: operations["getAdminV1OrganizationsId"];
  /**
   * Delete an organization with its memberships and invitations; accounts stay
   * @description It cannot be taken back.
   */
  readonly delete: operations["deleteAdminV1OrganizationsId"];
  /** Change the name or slug of an organization */
  readonly patch: operations["patchAdminV1OrganizationsId"];
 };
 readonly "/admin/v1/organizations/{id}/suspend": {
  /** Suspend an organization: its roles and invitations count no longer */
  readonly post: operations["postAdminV1OrganizationsIdSuspend"];
 };
 readonly "/admin/v1/organizations/{id}/resume": {
  /** Resume a suspended organization */
  readonly post: operations["postAdminV1OrganizationsIdResume"];
 };
 readonly "/admin/v1/organizations/{id}/members": {
  /** Members of an organization with their roles */
  readonly get: operations["getAdminV1OrganizationsIdMembers"];
  /** Make a person a member of an organization without an invitation */
  readonly post: operations["postAdminV1OrganizationsIdMembers"];
 };
 readonly "/admin/v1/organizations/{id}/members/{userId}/roles": {
  /**
   * Give a member of an organization these roles there in place of those before
   * @description Nobody gives or takes what they do not hold themselves, and the last owner stays one.
   */
  readonly put: operations["putAdminV1OrganizationsIdMembersUserIdRoles"];
 };
 readonly "/admin/v1/organizations/{id}/members/{userId}": {
  /** Remove a member from an organization; the account stays */
  readonly delete: operations["deleteAdminV1OrganizationsIdMembersUserId"];
 };
 readonly "/admin/v1/organizations/{id}/invitations": {
  /** Invitations to an organization, the newest first */
  readonly get: operations["getAdminV1OrganizationsIdInvitations"];
  /**
   * Invite an e-mail address to an organization
   * @description An account that has proved the address accepts it after signing in; anybody else makes an account by the link of the mail.
   */
  readonly post: operations["postAdminV1OrganizationsIdInvitations"];
 };
 readonly "/admin/v1/organizations/{id}/invitations/bulk": {
  /**
   * Invite up to 200 addresses to an organization, pasted or as CSV
   * @description Each line stands for itself: the answer tells what became of it.
   */
  readonly post: operations["postAdminV1OrganizationsIdInvitationsBulk"];
 };
 readonly "/admin/v1/organizations/{id}/invitations/{invitationId}/resend": {
  /** Send an invitation again, with a new link and its whole time; the links before are dead */
  readonly post: operations["postAdminV1OrganizationsIdInvitationsInvitationIdResend"];
 };
 readonly "/admin/v1/organizations/{id}/invitations/{invitationId}": {
  /** Take an invitation back: its link is dead at once */
  readonly delete: operations["deleteAdminV1OrganizationsIdInvitationsInvitationId"];
 };
 readonly "/admin/v1/organizations/{id}/domains": {
  /** Domains of an organization, with the records that prove them */
  readonly get: operations["getAdminV1OrganizationsIdDomains"];
  /** Add a domain to an organization; it counts once it is proved */
  readonly post: operations["postAdminV1OrganizationsIdDomains"];
 };
 readonly "/admin/v1/organizations/{id}/domains/{domainId}/verify": {
  /**
   * Look for the record of a domain now
   * @description A domain that is proved is looked for once a day. It counts no longer when its record has been missing for three days.
   */
  readonly post: operations["postAdminV1OrganizationsIdDomainsDomainIdVerify"];
 };
 readonly "/admin/v1/organizations/{id}/domains/{domainId}": {
  /** Remove a domain from an organization; its members stay */
  readonly delete: operations["deleteAdminV1OrganizationsIdDomainsDomainId"];
  /** Change who joins by a domain, and with which roles */
  readonly patch: operations["patchAdminV1OrganizationsIdDomainsDomainId"];
 };
 readonly "/admin/v1/organizations/{id}/policy": {
  /** What an organization demands of the sign-in of its members */
  readonly get: operations["getAdminV1OrganizationsIdPolicy"];
  /**
   * Decide what an organization demands of the sign-in of its members
   * @description It holds beside what the tenant demands: the stricter of both counts. It binds tokens for the organization, their refresh, and what its own people do in it. A policy that whoever writes it does not satisfy is refused.
   */
  readonly put: operations["putAdminV1OrganizationsIdPolicy"];
 };
 readonly "/admin/v1/organizations/{id}/branding": {
  /** How the pages of an organization look */
  readonly get: operations["getAdminV1OrganizationsIdBranding"];
  /**
   * Decide how the pages of an organization look
   * @description The hosted pages show it in requests for the organization. Colours that cannot be read are refused, as those of the tenant are.
   */
  readonly put: operations["putAdminV1OrganizationsIdBranding"];
 };
 readonly "/admin/v1/organizations/{id}/branding/logo": {
  /**
   * Upload the logo of an organization, a PNG, JPEG or WebP picture of at most 64 KiB
   * @description SVG is refused: it can hold script.
   */
  readonly put: operations["putAdminV1OrganizationsIdBrandingLogo"];
 };
 readonly "/organizations/v1/{id}/members": {
  /** Members of an organization with their roles */
  readonly get: operations["getOrganizationsV1IdMembers"];
 };
 readonly "/organizations/v1/{id}/members/{userId}/roles": {
  /**
   * Give a member of an organization these roles there in place of those before
   * @description Nobody gives or takes what they do not hold themselves, and the last owner stays one.
   */
  readonly put: operations["putOrganizationsV1IdMembersUserIdRoles"];
 };
 readonly "/organizations/v1/{id}/members/{userId}": {
  /** Remove a member from an organization; the account stays */
  readonly delete: operations["deleteOrganizationsV1IdMembersUserId"];
 };
 readonly "/organizations/v1/{id}/invitations": {
  /** Invitations to an organization, the newest first */
  readonly get: operations["getOrganizationsV1IdInvitations"];
  /**
   * Invite an e-mail address to an organization
   * @description An account that has proved the address accepts it after signing in; anybody else makes an account by the link of the mail.
   */
  readonly post: operations["postOrganizationsV1IdInvitations"];
 };
 readonly "/organizations/v1/{id}/invitations/bulk": {
  /**
   * Invite up to 200 addresses to an organization, pasted or as CSV
   * @description Each line stands for itself: the answer tells what became of it.
   */
  readonly post: operations["postOrganizationsV1IdInvitationsBulk"];
 };
 readonly "/organizations/v1/{id}/invitations/{invitationId}/resend": {
  /** Send an invitation again, with a new link and its whole time; the links before are dead */
  readonly post: operations["postOrganizationsV1IdInvitationsInvitationIdResend"];
 };
 readonly "/organizations/v1/{id}/invitations/{invitationId}": {
  /** Take an invitation back: its link is dead at once */
  readonly delete: operations["deleteOrganizationsV1IdInvitationsInvitationId"];
 };
 readonly "/organizations/v1/{id}/domains": {
  /** Domains of an organization, with the records that prove them */
  readonly get: operations["getOrganizationsV1IdDomains"];
  /** Add a domain to an organization; it counts once it is proved */
  readonly post: operations["postOrganizationsV1IdDomains"];
 };
 readonly "/organizations/v1/{id}/domains/{domainId}/verify": {
  /**
   * Look for the record of a domain now
   * @description A domain that is proved is looked for once a day. It counts no longer when its record has been missing for three days.
   */
  readonly post: operations["postOrganizationsV1IdDomainsDomainIdVerify"];
 };
 readonly "/organizations/v1/{id}/domains/{domainId}": {
  /** Remove a domain from an organization; its members stay */
  readonly delete: operations["deleteOrganizationsV1IdDomainsDomainId"];
  /** Change who joins by a domain, and with which roles */
  readonly patch: operations["patchOrganizationsV1IdDomainsDomainId"];
 };
 readonly "/organizations/v1/{id}/policy": {
  /** What an organization demands of the sign-in of its members */
  readonly get: operations["getOrganizationsV1IdPolicy"];
  /**
   * Decide what an organization demands of the sign-in of its members
   * @description It holds beside what the tenant demands: the stricter of both counts. It binds tokens for the organization, their refresh, and what its own people do in it. A policy that whoever writes it does not satisfy is refused.
   */
  readonly put: operations["putOrganizationsV1IdPolicy"];
 };
 readonly "/organizations/v1/{id}/branding": {
  /** How the pages of an organization look */
  readonly get: operations["getOrganizationsV1IdBranding"];
  /**
   * Decide how the pages of an organization look
   * @description The hosted pages show it in requests for the organization. Colours that cannot be read are refused, as those of the tenant are.
   */
  readonly put: operations["putOrganizationsV1IdBranding"];
 };
 readonly "/organizations/v1/{id}/branding/logo": {
  /**
   * Upload the logo of an organization, a PNG, JPEG or WebP picture of at most 64 KiB
   * @description SVG is refused: it can hold script.
   */
  readonly put: operations["putOrganizationsV1IdBrandingLogo"];
 };
 readonly "/organizations/v1/{id}/roles": {
  /** Roles that members of the organization can have, and everything that such a role can allow */
  readonly get: operations["getOrganizationsV1IdRoles"];
 };
 readonly "/organizations/v1/{id}/events": {
  /**
   * What happened in an organization, the newest first
   * @description What happened, who did it, and when.
   */
  readonly get: operations["getOrganizationsV1IdEvents"];
 };
 readonly "/account/v1/organizations": {
  /** Organizations that the person belongs to */
  readonly get: operations["getAccountV1Organizations"];
 };
 readonly "/admin/v1/users/{id}/organizations": {
  /** Organizations that a person belongs to */
  readonly get: operations["getAdminV1UsersIdOrganizations"];
 };
 readonly "/account/v1/organizations/{id}": {
  /**
   * Leave an organization
   * @description The last owner cannot.
   */
  readonly delete: operations["deleteAccountV1OrganizationsId"];
 };
 readonly "/account/v1/organization-invitations": {
  /**
   * Invitations to organizations that wait for the person
   * @description Those of an e-mail address of the account that is proved, the newest 50.
   */
  readonly get: operations["getAccountV1OrganizationInvitations"];
 };
 readonly "/account/v1/organization-invitations/{id}/accept": {
  /**
   * Accept an invitation to an organization
   * @description Only one of an address that the account has proved.
   */
  readonly post: operations["postAccountV1OrganizationInvitationsIdAccept"];
 };
 readonly "/account/v1/organization-offers": {
  /** Organizations that the person may join by the domain of a proved address */
  readonly get: operations["getAccountV1OrganizationOffers"];
 };
 readonly "/account/v1/organization-offers/{id}/join": {
  /** Join an organization by the domain of a proved address */
  readonly post: operations["postAccountV1OrganizationOffersIdJoin"];
 };
}
export interface components {
 schemas: {
  readonly Problem: {
   readonly detail: string;
  };
  readonly ValidationError: {
   readonly detail: readonly {
    readonly type: string;
    readonly loc: readonly (string | number)[];
    readonly msg: string;
    /** @description What was sent; null where it was missing or may be secret. */
    readonly input: unknown;
   }[];
  };
  readonly ProblemDetails: {
   /** Format: uri */
   readonly type: string;
   readonly title: string;
   readonly status: number;
   /** @description Stable: decide by this one. */
   readonly code: string;
   /** @description What was wrong and what to do, for people. */
   readonly detail: string;
   /** @description Each place of the request that does not fit. */
   readonly errors?: readonly {
    readonly type: string;
    readonly loc: readonly (string | number)[];
    readonly msg: string;
    /** @description What was sent; null where it was missing or may be secret. */
    readonly input: unknown;
   }[];
   /** @description By which the log and the events know the request. */
   readonly request_id: string;
  };
 };
 responses: never;
 parameters: never;
 requestBodies: never;
 headers: never;
 pathItems: never;
}
export interface operations {
 readonly getAccountV1Me: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      /** @description The id of the account API. */
      readonly number: number;
      readonly username: string | null;
      readonly email: string | null;
      readonly email_verified: boolean;
      readonly phone: string | null;
      readonly phone_verified: boolean;
      readonly language: string | null;
      readonly avatar_url: string | null;
      readonly attributes: {
       readonly [key: string]: unknown;
      };
      /** @description The JSON Schema of what can be set. */
      readonly attribute_schema: unknown;
      /**
       * Format: date-time
       * @description RFC 3339 in UTC.
       */
      readonly created_at: string;
      readonly deletion_due_at: string | null;
      /** @description Whether this session may change what guards the account now. */
      readonly reauthenticated: boolean;
      /** @description Whether the account has a second factor, which such changes then ask for. */
      readonly second_factor: boolean;
      /** Format: uuid */
      readonly session_id: string;
      /** @description The administrator who acts in this session, and until when; null in a session of one’s own. */
      readonly acting: {
       readonly by: string | null;
       /**
        * Format: date-time
        * @description RFC 3339 in UTC.
        */
       readonly until: string;
      } | null;
     };
    };
   };
  };
 };
 readonly patchAccountV1Profile: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description Each replaces the present value; null takes it away. */
     readonly attributes: {
      readonly [key: string]: unknown;
     };
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      /** @description The id of the account API. */
      readonly number: number;
      readonly username: string | null;
      readonly email: string | null;
      readonly email_verified: boolean;
      readonly phone: string | null;
      readonly phone_verified: boolean;
      readonly language: string | null;
      readonly avatar_url: string | null;
      readonly attributes: {
       readonly [key: string]: unknown;
      };
      /** @description The JSON Schema of what can be set. */
      readonly attribute_schema: unknown;
      /**
       * Format: date-time
       * @description RFC 3339 in UTC.
       */
      readonly created_at: string;
      readonly deletion_due_at: string | null;
      /** @description Whether this session may change what guards the account now. */
      readonly reauthenticated: boolean;
      /** @description Whether the account has a second factor, which such changes then ask for. */
      readonly second_factor: boolean;
      /** Format: uuid */
      readonly session_id: string;
      /** @description The administrator who acts in this session, and until when; null in a session of one’s own. */
      readonly acting: {
       readonly by: string | null;
       /**
        * Format: date-time
        * @description RFC 3339 in UTC.
        */
       readonly until: string;
      } | null;
     };
    };
   };
  };
 };
 readonly putAccountV1Language: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly language: ("en" | "de" | "fr" | "es" | "pt" | "ja" | "ar" | "sw") | null;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      /** @description The id of the account API. */
      readonly number: number;
      readonly username: string | null;
      readonly email: string | null;
      readonly email_verified: boolean;
      readonly phone: string | null;
      readonly phone_verified: boolean;
      readonly language: string | null;
      readonly avatar_url: string | null;
      readonly attributes: {
       readonly [key: string]: unknown;
      };
      /** @description The JSON Schema of what can be set. */
      readonly attribute_schema: unknown;
      /**
       * Format: date-time
       * @description RFC 3339 in UTC.
       */
      readonly created_at: string;
      readonly deletion_due_at: string | null;
      /** @description Whether this session may change what guards the account now. */
      readonly reauthenticated: boolean;
      /** @description Whether the account has a second factor, which such changes then ask for. */
      readonly second_factor: boolean;
      /** Format: uuid */
      readonly session_id: string;
      /** @description The administrator who acts in this session, and until when; null in a session of one’s own. */
      readonly acting: {
       readonly by: string | null;
       /**
        * Format: date-time
        * @description RFC 3339 in UTC.
        */
       readonly until: string;
      } | null;
     };
    };
   };
  };
 };
 readonly putAccountV1Avatar: {
  readonly requestBody: {
   readonly content: {
    readonly "image/png": string;
    readonly "image/jpeg": string;
    readonly "image/webp": string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uri */
      readonly avatar_url: string;
     };
    };
   };
  };
 };
 readonly deleteAccountV1Avatar: {
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getAccountV1AvatarUserIdHash: {
  readonly parameters: {
   readonly path: {
    readonly userId: string;
    readonly hash: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "*/*": string;
    };
   };
  };
 };
 readonly postAccountV1Email: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly email: string;
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      readonly sent_to: string;
     };
    };
   };
  };
 };
 readonly postAccountV1EmailConfirm: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description As it was sent; spaces do no harm. */
     readonly code: string;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      /** @description The id of the account API. */
      readonly number: number;
      readonly username: string | null;
      readonly email: string | null;
      readonly email_verified: boolean;
      readonly phone: string | null;
      readonly phone_verified: boolean;
      readonly language: string | null;
      readonly avatar_url: string | null;
      readonly attributes: {
       readonly [key: string]: unknown;
      };
      /** @description The JSON Schema of what can be set. */
      readonly attribute_schema: unknown;
      /**
       * Format: date-time
       * @description RFC 3339 in UTC.
       */
      readonly created_at: string;
      readonly deletion_due_at: string | null;
      /** @description Whether this session may change what guards the account now. */
      readonly reauthenticated: boolean;
      /** @description Whether the account has a second factor, which such changes then ask for. */
      readonly second_factor: boolean;
      /** Format: uuid */
      readonly session_id: string;
      /** @description The administrator who acts in this session, and until when; null in a session of one’s own. */
      readonly acting: {
       readonly by: string | null;
       /**
        * Format: date-time
        * @description RFC 3339 in UTC.
        */
       readonly until: string;
      } | null;
     };
    };
   };
  };
 };
 readonly postAccountV1EmailVerification: {
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      readonly sent_to: string;
     };
    };
   };
  };
 };
 readonly postAccountV1EmailVerificationConfirm: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description As it was sent; spaces do no harm. */
     readonly code: string;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      /** @description The id of the account API. */
      readonly number: number;
      readonly username: string | null;
      readonly email: string | null;
      readonly email_verified: boolean;
      readonly phone: string | null;
      readonly phone_verified: boolean;
      readonly language: string | null;
      readonly avatar_url: string | null;
      readonly attributes: {
       readonly [key: string]: unknown;
      };
      /** @description The JSON Schema of what can be set. */
      readonly attribute_schema: unknown;
      /**
       * Format: date-time
       * @description RFC 3339 in UTC.
       */
      readonly created_at: string;
      readonly deletion_due_at: string | null;
      /** @description Whether this session may change what guards the account now. */
      readonly reauthenticated: boolean;
      /** @description Whether the account has a second factor, which such changes then ask for. */
      readonly second_factor: boolean;
      /** Format: uuid */
      readonly session_id: string;
      /** @description The administrator who acts in this session, and until when; null in a session of one’s own. */
      readonly acting: {
       readonly by: string | null;
       /**
        * Format: date-time
        * @description RFC 3339 in UTC.
        */
       readonly until: string;
      } | null;
     };
    };
   };
  };
 };
 readonly postAccountV1Phone: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description E.164, such as +491701234567. */
     readonly phone: string;
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      readonly sent_to: string;
     };
    };
   };
  };
 };
 readonly deleteAccountV1Phone: {
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly postAccountV1PhoneConfirm: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description As it was sent; spaces do no harm. */
     readonly code: string;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      /** @description The id of the account API. */
      readonly number: number;
      readonly username: string | null;
      readonly email: string | null;
      readonly email_verified: boolean;
      readonly phone: string | null;
      readonly phone_verified: boolean;
      readonly language: string | null;
      readonly avatar_url: string | null;
      readonly attributes: {
       readonly [key: string]: unknown;
      };
      /** @description The JSON Schema of what can be set. */
      readonly attribute_schema: unknown;
      /**
       * Format: date-time
       * @description RFC 3339 in UTC.
       */
      readonly created_at: string;
      readonly deletion_due_at: string | null;
      /** @description Whether this session may change what guards the account now. */
      readonly reauthenticated: boolean;
      /** @description Whether the account has a second factor, which such changes then ask for. */
      readonly second_factor: boolean;
      /** Format: uuid */
      readonly session_id: string;
      /** @description The administrator who acts in this session, and until when; null in a session of one’s own. */
      readonly acting: {
       readonly by: string | null;
       /**
        * Format: date-time
        * @description RFC 3339 in UTC.
        */
       readonly until: string;
      } | null;
     };
    };
   };
  };
 };
 readonly putAccountV1Password: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description At least 8 characters, at most 1,024 bytes, not one of the most common. */
     readonly new_password: string;
     /** @description Required where the account has a password. */
     readonly current_password?: string;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly sessions_ended: number;
     };
    };
   };
  };
 };
 readonly getAccountV1Factors: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly password: {
       readonly set: boolean;
       readonly changed_at: string | null;
      };
      readonly totp: {
       readonly enrolled: boolean;
       readonly confirmed_at: string | null;
      };
      readonly recovery_codes: {
       readonly left: number;
      };
      readonly passkeys: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly name: string;
       /**
        * Format: date-time
        * @description RFC 3339 in UTC.
        */
       readonly created_at: string;
       readonly last_used_at: string | null;
       readonly backed_up: boolean;
      }[];
      readonly email_code: boolean;
      readonly sms_code: boolean;
     };
    };
   };
  };
 };
 readonly postAccountV1Totp: {
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      readonly key: string;
      readonly uri: string;
      readonly qr: {
       readonly path: string;
       readonly size: number;
      };
     };
    };
   };
  };
 };
 readonly deleteAccountV1Totp: {
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly postAccountV1TotpConfirm: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description As it was sent; spaces do no harm. */
     readonly code: string;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly recovery_codes: readonly string[] | null;
     };
    };
   };
  };
 };
 readonly postAccountV1RecoveryCodes: {
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      readonly codes: readonly string[];
     };
    };
   };
  };
 };
 readonly postAccountV1PasskeysOptions: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly options: unknown;
      readonly token: string;
     };
    };
   };
  };
 };
 readonly postAccountV1Passkeys: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly token: string;
     /** @description What PublicKeyCredential.toJSON gave. */
     readonly credential: {
      readonly [key: string]: unknown;
     };
     readonly name?: string;
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly name: string;
      /**
       * Format: date-time
       * @description RFC 3339 in UTC.
       */
      readonly created_at: string;
      readonly last_used_at: string | null;
      readonly backed_up: boolean;
     };
    };
   };
  };
 };
 readonly getAccountV1PasskeysSignal: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly rpId: string;
      readonly userId: string;
      readonly allAcceptedCredentialIds: readonly string[];
      readonly name: string;
      readonly displayName: string;
     };
    };
   };
  };
 };
 readonly deleteAccountV1PasskeysId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly patchAccountV1PasskeysId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly name: string;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly name: string;
      /**
       * Format: date-time
       * @description RFC 3339 in UTC.
       */
      readonly created_at: string;
      readonly last_used_at: string | null;
      readonly backed_up: boolean;
     };
    };
   };
  };
 };
 readonly getAccountV1Sessions: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly sessions: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly kind: "browser" | "api";
       readonly current: boolean;
       /**
        * Format: date-time
        * @description RFC 3339 in UTC.
        */
       readonly created_at: string;
       readonly last_used_at: string | null;
       /**
        * Format: date-time
        * @description RFC 3339 in UTC.
        */
       readonly expires_at: string;
       readonly ip: string | null;
       readonly place: string | null;
       readonly device: string;
       readonly amr: readonly string[];
       readonly applications: readonly string[];
      }[];
     };
    };
   };
  };
 };
 readonly deleteAccountV1SessionsId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly postAccountV1SessionsEndOthers: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly ended: number;
     };
    };
   };
  };
 };
 readonly getAccountV1Devices: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly devices: readonly {
       readonly id: string;
       readonly current: boolean;
       /**
        * Format: date-time
        * @description RFC 3339 in UTC.
        */
       readonly first_seen_at: string;
       /**
        * Format: date-time
        * @description RFC 3339 in UTC.
        */
       readonly last_seen_at: string;
       readonly trusted_until: string | null;
      }[];
     };
    };
   };
  };
 };
 readonly deleteAccountV1DevicesTrust: {
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getAccountV1Applications: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly applications: readonly {
       readonly client_id: string;
       readonly name: string | null;
       readonly logo_url: string | null;
       readonly scopes: readonly {
        readonly name: string;
        readonly description: string;
       }[];
       /**
        * Format: date-time
        * @description RFC 3339 in UTC.
        */
       readonly granted_at: string;
       readonly last_used_at: string | null;
      }[];
     };
    };
   };
  };
 };
 readonly deleteAccountV1ApplicationsClientId: {
  readonly parameters: {
   readonly path: {
    readonly clientId: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getAccountV1Identities: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly identities: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly provider: {
        readonly id: string;
        readonly name: string;
       };
       /** @description Whose word it is: the issuer of OpenID Connect, the entity of SAML, the address of a directory. */
       readonly issuer: string;
       readonly subject_hint: string | null;
       /**
        * Format: date-time
        * @description RFC 3339 in UTC.
        */
       readonly linked_at: string;
       readonly last_used_at: string | null;
      }[];
     };
    };
   };
  };
 };
 readonly getAccountV1Activity: {
  readonly parameters: {
   readonly query?: {
    readonly before?: string;
    readonly limit?: number;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly events: readonly {
       /** Format: uuid */
       readonly id: string;
       /**
        * Format: date-time
        * @description RFC 3339 in UTC.
        */
       readonly at: string;
       readonly type: string;
       readonly sentence: string;
       readonly ip: string | null;
       /**
        * @description Of ip and device: erased where the account of the administrator was deleted that they belonged to.
        * @enum {string}
        */
       readonly personal_data: "readable" | "erased" | "none";
       readonly place: string | null;
       readonly device: string | null;
       readonly client: string | null;
       readonly client_id: string | null;
      }[];
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly getAccountV1Export: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": Record<string, unknown>;
    };
   };
  };
 };
 readonly postAccountV1Deletion: {
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /** Format: date-time */
      readonly due_at: string;
     };
    };
   };
  };
 };
 readonly deleteAccountV1Deletion: {
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getAdminV1Me: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /**
       * @description A person, a personal access token, or an application for itself.
       * @enum {string}
       */
      readonly kind: "user" | "token" | "client";
      /** @description Of the person, the token or the application. */
      readonly id: string;
      readonly user: {
       /** Format: uuid */
       readonly id: string;
       readonly username: string | null;
       readonly email: string | null;
       readonly language: string | null;
      } | null;
      /** @description After so long without use a new sign-in is asked for; null where nobody sits in front of it. */
      readonly idle_seconds: number | null;
      /** @description What is allowed now; empty for somebody without a role. */
      readonly permissions: readonly string[];
      readonly tenant: {
       /** Format: uuid */
       readonly id: string;
       readonly slug: string;
       readonly name: string;
       /** @description Whether it is the tenant whose owners see to the others. */
       readonly root: boolean;
      };
     };
    };
   };
  };
 };
 readonly getAdminV1Tokens: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly tokens: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly name: string;
       readonly permissions: readonly string[];
       /** Format: date-time */
       readonly created_at: string;
       /** Format: date-time */
       readonly expires_at: string;
       readonly last_used_at: string | null;
      }[];
     };
    };
   };
  };
 };
 readonly postAdminV1Tokens: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly name: string;
     readonly permissions: readonly ("users:read" | "users:write" | "users:support" | "users:delete" | "users:impersonate" | "groups:read" | "groups:write" | "roles:read" | "roles:write" | "tokens:write" | "owners:write" | "organizations:read" | "organizations:write" | "clients:read" | "clients:write" | "resources:read" | "resources:write" | "keys:read" | "keys:write" | "settings:read" | "settings:write" | "config:read" | "config:write" | "changes:read" | "changes:write" | "mail:read" | "mail:write" | "webhooks:read" | "webhooks:write" | "events:read" | "jobs:read" | "data:import" | "data:export" | "tenants:read" | "tenants:write")[];
     /** @default 30 */
     readonly expires_in_days?: number;
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly name: string;
      readonly permissions: readonly string[];
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly expires_at: string;
      readonly last_used_at: string | null;
      readonly token: string;
     };
    };
   };
  };
 };
 readonly deleteAdminV1TokensId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly postAdminV1UsersExport: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/x-ndjson": string;
    };
   };
  };
 };
 readonly postAdminV1UsersExportWithPasswordHashes: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/x-ndjson": string;
    };
   };
  };
 };
 readonly getAdminV1Imports: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly imports: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly name: string;
       /** @description user, token or client, and the id. */
       readonly created_by: string;
       readonly dry_run: boolean;
       readonly hash_passwords: boolean;
       /** @enum {string} */
       readonly state: "open" | "finished" | "cancelled";
       readonly rows_expected: number | null;
       /** @description Rows that were sent. */
       readonly rows: number;
       /** @description Accounts that were made; in a dry run, that would be. */
       readonly created: number;
       /** @description Rows whose user name was there: nothing is changed. */
       readonly present: number;
       /** @description Rows that were refused; see problems. */
       readonly errors: number;
       /** Format: date-time */
       readonly created_at: string;
       readonly ended_at: string | null;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1Imports: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description Of the file, for whoever looks at it later. */
     readonly name?: string;
     /** @description For the progress. */
     readonly rows_expected?: number;
     /**
      * @description Checks every row and makes no account.
      * @default false
      */
     readonly dry_run?: boolean;
     /**
      * @description Takes a column "password" in the clear, which is refused otherwise.
      * @default false
      */
     readonly hash_passwords?: boolean;
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly name: string;
      /** @description user, token or client, and the id. */
      readonly created_by: string;
      readonly dry_run: boolean;
      readonly hash_passwords: boolean;
      /** @enum {string} */
      readonly state: "open" | "finished" | "cancelled";
      readonly rows_expected: number | null;
      /** @description Rows that were sent. */
      readonly rows: number;
      /** @description Accounts that were made; in a dry run, that would be. */
      readonly created: number;
      /** @description Rows whose user name was there: nothing is changed. */
      readonly present: number;
      /** @description Rows that were refused; see problems. */
      readonly errors: number;
      /** Format: date-time */
      readonly created_at: string;
      readonly ended_at: string | null;
     };
    };
   };
  };
 };
 readonly getAdminV1ImportsId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly name: string;
      /** @description user, token or client, and the id. */
      readonly created_by: string;
      readonly dry_run: boolean;
      readonly hash_passwords: boolean;
      /** @enum {string} */
      readonly state: "open" | "finished" | "cancelled";
      readonly rows_expected: number | null;
      /** @description Rows that were sent. */
      readonly rows: number;
      /** @description Accounts that were made; in a dry run, that would be. */
      readonly created: number;
      /** @description Rows whose user name was there: nothing is changed. */
      readonly present: number;
      /** @description Rows that were refused; see problems. */
      readonly errors: number;
      /** Format: date-time */
      readonly created_at: string;
      readonly ended_at: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1ImportsIdRows: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description The number of its first row, by which a part is known. */
     readonly first_row: number;
     readonly rows: readonly {
      readonly [key: string]: unknown;
     }[];
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly rows: number;
      readonly created: number;
      readonly present: number;
      readonly errors: number;
     };
    };
   };
  };
 };
 readonly getAdminV1ImportsIdProblems: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly problems: readonly {
       readonly row: number;
       readonly reason: string;
       readonly username: string | null;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1ImportsIdFinish: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly name: string;
      /** @description user, token or client, and the id. */
      readonly created_by: string;
      readonly dry_run: boolean;
      readonly hash_passwords: boolean;
      /** @enum {string} */
      readonly state: "open" | "finished" | "cancelled";
      readonly rows_expected: number | null;
      /** @description Rows that were sent. */
      readonly rows: number;
      /** @description Accounts that were made; in a dry run, that would be. */
      readonly created: number;
      /** @description Rows whose user name was there: nothing is changed. */
      readonly present: number;
      /** @description Rows that were refused; see problems. */
      readonly errors: number;
      /** Format: date-time */
      readonly created_at: string;
      readonly ended_at: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1ImportsIdCancel: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly name: string;
      /** @description user, token or client, and the id. */
      readonly created_by: string;
      readonly dry_run: boolean;
      readonly hash_passwords: boolean;
      /** @enum {string} */
      readonly state: "open" | "finished" | "cancelled";
      readonly rows_expected: number | null;
      /** @description Rows that were sent. */
      readonly rows: number;
      /** @description Accounts that were made; in a dry run, that would be. */
      readonly created: number;
      /** @description Rows whose user name was there: nothing is changed. */
      readonly present: number;
      /** @description Rows that were refused; see problems. */
      readonly errors: number;
      /** Format: date-time */
      readonly created_at: string;
      readonly ended_at: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1UsersIdImpersonation: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description Why, such as the number of a ticket. The person can read it. */
     readonly reason: string;
     /** @default 15 */
     readonly minutes?: number;
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      /** @description Good for once and for a minute. Post it as the field "ticket" of a form to action, in the browser that is to act. */
      readonly ticket: string;
      readonly action: string;
      /** @description Seconds. */
      readonly expires_in: number;
     };
    };
   };
  };
 };
 readonly getAdminV1Impersonations: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly impersonations: readonly {
       /** Format: uuid */
       readonly id: string;
       /** Format: uuid */
       readonly user_id: string;
       /** Format: uuid */
       readonly actor_id: string;
       readonly reason: string;
       /** @enum {string} */
       readonly state: "waiting" | "live" | "over";
       /** Format: date-time */
       readonly created_at: string;
       /** Format: date-time */
       readonly expires_at: string;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly deleteAdminV1ImpersonationsId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getAdminV1Users: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
    readonly prefix?: string;
    readonly attribute?: string;
    readonly status?: "active" | "disabled" | "frozen";
    readonly order?: "newest" | "oldest";
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly users: readonly {
       /** Format: uuid */
       readonly id: string;
       /** @description The id of the account API. */
       readonly number: number;
       readonly username: string | null;
       readonly email: string | null;
       readonly email_verified: boolean;
       /** @enum {string} */
       readonly status: "active" | "disabled" | "frozen";
       /** Format: date-time */
       readonly created_at: string;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1Users: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly username: string;
     readonly email: string;
     /**
      * @description The address is known to be theirs.
      * @default false
      */
     readonly email_verified?: boolean;
     /** @description By the attribute schema of the tenant. */
     readonly attributes?: {
      readonly [key: string]: unknown;
     };
     /**
      * @description Mails the person a link by which they choose a password. Nobody else ever sets one.
      * @default false
      */
     readonly send_reset?: boolean;
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      /** @description The id of the account API. */
      readonly number: number;
      readonly username: string | null;
      readonly email: string | null;
      readonly email_verified: boolean;
      /** @enum {string} */
      readonly status: "active" | "disabled" | "frozen";
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
      readonly phone: string | null;
      readonly language: string | null;
      readonly deletion_due_at: string | null;
      readonly attributes: {
       readonly [key: string]: unknown;
      };
      readonly password: {
       readonly set: boolean;
       readonly failures: number;
       readonly locked_until: string | null;
      };
      readonly factors: {
       readonly totp: boolean;
       readonly passkeys: number;
       readonly recovery_codes: number;
      };
      readonly live_sessions: number;
      readonly roles: readonly string[];
      readonly groups: readonly {
       readonly id: string;
       readonly name: string;
      }[];
     };
    };
   };
  };
 };
 readonly getAdminV1UsersId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      /** @description The id of the account API. */
      readonly number: number;
      readonly username: string | null;
      readonly email: string | null;
      readonly email_verified: boolean;
      /** @enum {string} */
      readonly status: "active" | "disabled" | "frozen";
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
      readonly phone: string | null;
      readonly language: string | null;
      readonly deletion_due_at: string | null;
      readonly attributes: {
       readonly [key: string]: unknown;
      };
      readonly password: {
       readonly set: boolean;
       readonly failures: number;
       readonly locked_until: string | null;
      };
      readonly factors: {
       readonly totp: boolean;
       readonly passkeys: number;
       readonly recovery_codes: number;
      };
      readonly live_sessions: number;
      readonly roles: readonly string[];
      readonly groups: readonly {
       readonly id: string;
       readonly name: string;
      }[];
     };
    };
   };
  };
 };
 readonly deleteAdminV1UsersId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly patchAdminV1UsersId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly username?: string;
     /** @description The earlier address is told, with a link that takes it back for seven days. */
     readonly email?: string;
     /** @description Of the address that the account then has; a new one is not proved without it. */
     readonly email_verified?: boolean;
     readonly language?: string | null;
     /** @description Each replaces the present value; null takes it away. */
     readonly attributes?: {
      readonly [key: string]: unknown;
     };
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      /** @description The id of the account API. */
      readonly number: number;
      readonly username: string | null;
      readonly email: string | null;
      readonly email_verified: boolean;
      /** @enum {string} */
      readonly status: "active" | "disabled" | "frozen";
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
      readonly phone: string | null;
      readonly language: string | null;
      readonly deletion_due_at: string | null;
      readonly attributes: {
       readonly [key: string]: unknown;
      };
      readonly password: {
       readonly set: boolean;
       readonly failures: number;
       readonly locked_until: string | null;
      };
      readonly factors: {
       readonly totp: boolean;
       readonly passkeys: number;
       readonly recovery_codes: number;
      };
      readonly live_sessions: number;
      readonly roles: readonly string[];
      readonly groups: readonly {
       readonly id: string;
       readonly name: string;
      }[];
     };
    };
   };
  };
 };
 readonly postAdminV1UsersIdDisable: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly postAdminV1UsersIdEnable: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly postAdminV1UsersIdUnlock: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly postAdminV1UsersIdPasswordReset: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
   };
  };
 };
 readonly postAdminV1UsersBulk: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /**
      * @description To delete needs users:delete besides.
      * @enum {string}
      */
     readonly action: "disable" | "enable" | "end-sessions" | "delete";
     readonly ids: readonly string[];
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly outcomes: readonly {
       /** Format: uuid */
       readonly id: string;
       /** @enum {string} */
       readonly outcome: "done" | "unchanged" | "not-found" | "refused";
       /** @description Of a refusal, as the same change of one account would answer it. */
       readonly code?: string;
       readonly detail?: string;
      }[];
     };
    };
   };
  };
 };
 readonly getAdminV1UsersIdSessions: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @description Those that live, the newest first. */
      readonly sessions: readonly {
       /** Format: uuid */
       readonly id: string;
       /** @enum {string} */
       readonly kind: "browser" | "api";
       /** Format: date-time */
       readonly created_at: string;
       readonly last_used_at: string | null;
       /** Format: date-time */
       readonly expires_at: string;
       readonly ip: string | null;
       readonly place: string | null;
       readonly device: string;
       readonly amr: readonly string[];
       readonly applications: readonly string[];
      }[];
     };
    };
   };
  };
 };
 readonly deleteAdminV1UsersIdSessions: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly ended: number;
     };
    };
   };
  };
 };
 readonly deleteAdminV1UsersIdSessionsSession: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly session: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getAdminV1UsersIdCredentials: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly password: {
       readonly set: boolean;
       readonly changed_at: string | null;
      };
      readonly totp: {
       readonly enrolled: boolean;
       readonly confirmed_at: string | null;
      };
      readonly recovery_codes: {
       readonly left: number;
      };
      readonly passkeys: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly name: string;
       /** Format: date-time */
       readonly created_at: string;
       readonly last_used_at: string | null;
       readonly backed_up: boolean;
      }[];
      /** @description Codes can be mailed. */
      readonly email_verified: boolean;
      /** @description Codes can be sent as text messages. */
      readonly phone_verified: boolean;
      readonly trusted_browsers: readonly {
       readonly id: string;
       /** Format: date-time */
       readonly last_seen_at: string;
       /** Format: date-time */
       readonly trusted_until: string;
      }[];
     };
    };
   };
  };
 };
 readonly deleteAdminV1UsersIdCredentialsTotp: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly deleteAdminV1UsersIdCredentialsRecoveryCodes: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly deleteAdminV1UsersIdCredentialsPasskeysPasskey: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly passkey: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly deleteAdminV1UsersIdCredentialsTrustedBrowsers: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly deleteAdminV1UsersIdCredentialsPassword: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getAdminV1UsersIdGrants: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly grants: readonly {
       readonly client_id: string;
       readonly name: string | null;
       readonly scopes: readonly string[];
       /** Format: date-time */
       readonly granted_at: string;
       readonly last_used_at: string | null;
      }[];
     };
    };
   };
  };
 };
 readonly deleteAdminV1UsersIdGrantsClient: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly client: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getAdminV1Overview: {
  readonly parameters: {
   readonly query?: {
    readonly hours?: number;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly sign_ins: {
       readonly hours: readonly {
        /** Format: date-time */
        readonly at: string;
        /** @description By method: passkey, password, password-and-second-factor, code, other. */
        readonly succeeded: {
         readonly [key: string]: number;
        };
        readonly refused: number;
       }[];
       readonly total: {
        readonly succeeded: number;
        readonly refused: number;
       };
       /** @description The same hours a week before. */
       readonly week_before: {
        readonly succeeded: number;
        readonly refused: number;
       };
       readonly refused_by_reason: readonly {
        readonly reason: string;
        readonly count: number;
       }[];
      };
      readonly live_sessions: {
       readonly count: number;
       /** @description Counting stopped there. */
       readonly more: boolean;
      };
      readonly latest_events: readonly {
       /** Format: uuid */
       readonly id: string;
       /** Format: date-time */
       readonly at: string;
       readonly type: string;
       readonly sentence: string;
       readonly user_id: string | null;
       /** @description Of whom it tells, where the account is there still. */
       readonly user_name: string | null;
       readonly client_id: string | null;
       readonly client_name: string | null;
       readonly actor: string | null;
       readonly request_id: string | null;
      }[];
      readonly audit: {
       readonly size: number;
       readonly signed_at: string | null;
       /** @description Since when an event waits to be taken into the tree. */
       readonly waiting_since: string | null;
      };
      readonly mail: {
       readonly failed: number;
       readonly waiting: number | null;
       readonly late: number | null;
      } | null;
      readonly webhooks: {
       readonly enabled: number;
       readonly failing: number;
       readonly shut: number;
      } | null;
      readonly next_key_rotation_at: string | null;
      readonly ending_secrets: readonly {
       readonly client_id: string;
       readonly name: string | null;
       /** Format: date-time */
       readonly expires_at: string;
       /** @description No other secret of the application lasts longer. */
       readonly only: boolean;
      }[] | null;
      readonly hash_queue: {
       readonly waiting: number;
       readonly running: number;
       readonly refused: number;
      } | null;
     };
    };
   };
  };
 };
 readonly getAdminV1Events: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
    readonly type?: string;
    readonly user?: string;
    readonly session?: string;
    readonly client?: string;
    readonly actor?: string;
    readonly organization_id?: string;
    readonly ip?: string;
    readonly request_id?: string;
    readonly since?: string;
    readonly until?: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly events: readonly {
       /** Format: uuid */
       readonly id: string;
       /**
        * Format: date-time
        * @description With microseconds.
        */
       readonly at: string;
       readonly type: string;
       readonly sentence: string;
       readonly user_id: string | null;
       readonly session_id: string | null;
       readonly client_id: string | null;
       /** @description Who did it, where that is not the person the event is about. */
       readonly actor: string | null;
       readonly ip: string | null;
       readonly user_agent: string | null;
       /**
        * @description Of ip and user_agent: none where there never were any, erased where the account of the person was deleted that they belonged to.
        * @enum {string}
        */
       readonly personal_data: "readable" | "erased" | "none";
       readonly request_id: string | null;
       readonly payload: {
        readonly [key: string]: unknown;
       };
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly getAdminV1UsersIdEvents: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly events: readonly {
       /** Format: uuid */
       readonly id: string;
       /**
        * Format: date-time
        * @description With microseconds.
        */
       readonly at: string;
       readonly type: string;
       readonly sentence: string;
       readonly user_id: string | null;
       readonly session_id: string | null;
       readonly client_id: string | null;
       /** @description Who did it, where that is not the person the event is about. */
       readonly actor: string | null;
       readonly ip: string | null;
       readonly user_agent: string | null;
       /**
        * @description Of ip and user_agent: none where there never were any, erased where the account of the person was deleted that they belonged to.
        * @enum {string}
        */
       readonly personal_data: "readable" | "erased" | "none";
       readonly request_id: string | null;
       readonly payload: {
        readonly [key: string]: unknown;
       };
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly getAdminV1EventsTypes: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly types: readonly {
       readonly type: string;
       readonly sentence: string;
       readonly example: {
        readonly [key: string]: unknown;
       };
      }[];
     };
    };
   };
  };
 };
 readonly getAdminV1RequestsRequest: {
  readonly parameters: {
   readonly path: {
    readonly request: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly request_id: string;
      readonly events: readonly {
       /** Format: uuid */
       readonly id: string;
       /**
        * Format: date-time
        * @description With microseconds.
        */
       readonly at: string;
       readonly type: string;
       readonly sentence: string;
       readonly user_id: string | null;
       readonly session_id: string | null;
       readonly client_id: string | null;
       /** @description Who did it, where that is not the person the event is about. */
       readonly actor: string | null;
       readonly ip: string | null;
       readonly user_agent: string | null;
       /**
        * @description Of ip and user_agent: none where there never were any, erased where the account of the person was deleted that they belonged to.
        * @enum {string}
        */
       readonly personal_data: "readable" | "erased" | "none";
       readonly request_id: string | null;
       readonly payload: {
        readonly [key: string]: unknown;
       };
      }[];
     };
    };
   };
  };
 };
 readonly getAdminV1RequestsRequestStory: {
  readonly parameters: {
   readonly path: {
    readonly request: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly request_id: string;
      /** @enum {string} */
      readonly outcome: "passed" | "refused" | "noted";
      readonly steps: readonly {
       readonly event: {
        /** Format: uuid */
        readonly id: string;
        /**
         * Format: date-time
         * @description With microseconds.
         */
        readonly at: string;
        readonly type: string;
        readonly sentence: string;
        readonly user_id: string | null;
        readonly session_id: string | null;
        readonly client_id: string | null;
        /** @description Who did it, where that is not the person the event is about. */
        readonly actor: string | null;
        readonly ip: string | null;
        readonly user_agent: string | null;
        /**
         * @description Of ip and user_agent: none where there never were any, erased where the account of the person was deleted that they belonged to.
         * @enum {string}
         */
        readonly personal_data: "readable" | "erased" | "none";
        readonly request_id: string | null;
        readonly payload: {
         readonly [key: string]: unknown;
        };
       };
       /** @description Whether it is of this request, or of another one of the same sign-in. */
       readonly of_request: boolean;
       /** @enum {string} */
       readonly verdict: "passed" | "refused" | "noted";
       /** @description What was decided, and why. */
       readonly says: string;
       /** @description What can be done where somebody wants it otherwise. */
       readonly remedy: string | null;
       readonly place: ("user" | "client" | "sign-in-policy" | "hooks" | "mail") | null;
       readonly reason: string | null;
      }[];
     };
    };
   };
  };
 };
 readonly getAdminV1Audit: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @description How many events are in the tree. */
      readonly size: number;
      readonly signed_at: string | null;
      /** @description A signed note (C2SP tlog-checkpoint); null before the first. */
      readonly checkpoint: string | null;
      /** @description What other programs verify the checkpoint by. */
      readonly verifier_key: string | null;
     };
    };
   };
  };
 };
 readonly getAdminV1EventsExport: {
  readonly parameters: {
   readonly query: {
    readonly format: "jsonl" | "csv";
    readonly type?: string;
    readonly user?: string;
    readonly session?: string;
    readonly client?: string;
    readonly actor?: string;
    readonly organization_id?: string;
    readonly ip?: string;
    readonly request_id?: string;
    readonly since?: string;
    readonly until?: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "*/*": string;
    };
   };
  };
 };
 readonly getAdminV1Tenants: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly tenants: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly slug: string;
       readonly name: string;
       /** @enum {string} */
       readonly status: "active" | "suspended";
       /** Format: uri */
       readonly issuer: string;
       /** Format: date-time */
       readonly created_at: string;
       /** @description When it goes; until then it can be resumed. */
       readonly deletion_due_at: string | null;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1Tenants: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description Its short name, as in /t/{slug}. */
     readonly slug: string;
     readonly name: string;
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly slug: string;
      readonly name: string;
      /** @enum {string} */
      readonly status: "active" | "suspended";
      /** Format: uri */
      readonly issuer: string;
      /** Format: date-time */
      readonly created_at: string;
      /** @description When it goes; until then it can be resumed. */
      readonly deletion_due_at: string | null;
     };
    };
   };
  };
 };
 readonly getAdminV1TenantsId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly slug: string;
      readonly name: string;
      /** @enum {string} */
      readonly status: "active" | "suspended";
      /** Format: uri */
      readonly issuer: string;
      /** Format: date-time */
      readonly created_at: string;
      /** @description When it goes; until then it can be resumed. */
      readonly deletion_due_at: string | null;
     };
    };
   };
  };
 };
 readonly deleteAdminV1TenantsId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly slug: string;
      readonly name: string;
      /** @enum {string} */
      readonly status: "active" | "suspended";
      /** Format: uri */
      readonly issuer: string;
      /** Format: date-time */
      readonly created_at: string;
      /** @description When it goes; until then it can be resumed. */
      readonly deletion_due_at: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1TenantsIdSuspend: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly slug: string;
      readonly name: string;
      /** @enum {string} */
      readonly status: "active" | "suspended";
      /** Format: uri */
      readonly issuer: string;
      /** Format: date-time */
      readonly created_at: string;
      /** @description When it goes; until then it can be resumed. */
      readonly deletion_due_at: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1TenantsIdResume: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly slug: string;
      readonly name: string;
      /** @enum {string} */
      readonly status: "active" | "suspended";
      /** Format: uri */
      readonly issuer: string;
      /** Format: date-time */
      readonly created_at: string;
      /** @description When it goes; until then it can be resumed. */
      readonly deletion_due_at: string | null;
     };
    };
   };
  };
 };
 readonly getAdminV1Jobs: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly tasks: readonly {
       readonly task: string;
       /** @enum {string} */
       readonly outcome: "never" | "done" | "failed";
       readonly last_run_at: string | null;
       readonly next_run_at: string | null;
       readonly error: string | null;
      }[];
      readonly outboxes: readonly {
       readonly name: string;
       /** @description At most 10000 are counted. */
       readonly waiting: number;
       /** @description Of these, how many should have gone a minute ago. */
       readonly late: number;
      }[];
     };
    };
   };
  };
 };
 readonly getAdminV1Permissions: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly permissions: readonly {
       readonly id: string;
       readonly description: string;
      }[];
     };
    };
   };
  };
 };
 readonly getAdminV1Roles: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly roles: readonly {
       readonly id: string;
       readonly name: string;
       readonly description: string;
       readonly permissions: readonly string[];
       /** @description Built-in roles are the same in every tenant and are not changed. */
       readonly built_in: boolean;
       readonly updated_at: string | null;
      }[];
     };
    };
   };
  };
 };
 readonly postAdminV1Roles: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description Lower-case letters, digits and hyphens. */
     readonly id: string;
     readonly name: string;
     readonly description?: string;
     readonly permissions: readonly ("users:read" | "users:write" | "users:support" | "users:delete" | "users:impersonate" | "groups:read" | "groups:write" | "roles:read" | "roles:write" | "tokens:write" | "owners:write" | "organizations:read" | "organizations:write" | "clients:read" | "clients:write" | "resources:read" | "resources:write" | "keys:read" | "keys:write" | "settings:read" | "settings:write" | "config:read" | "config:write" | "changes:read" | "changes:write" | "mail:read" | "mail:write" | "webhooks:read" | "webhooks:write" | "events:read" | "jobs:read" | "data:import" | "data:export" | "tenants:read" | "tenants:write")[];
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      readonly id: string;
      readonly name: string;
      readonly description: string;
      readonly permissions: readonly string[];
      /** @description Built-in roles are the same in every tenant and are not changed. */
      readonly built_in: boolean;
      readonly updated_at: string | null;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1RolesRole: {
  readonly parameters: {
   readonly path: {
    readonly role: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly id: string;
      readonly name: string;
      readonly description: string;
      readonly permissions: readonly string[];
      /** @description Built-in roles are the same in every tenant and are not changed. */
      readonly built_in: boolean;
      readonly updated_at: string | null;
     };
    };
   };
  };
 };
 readonly deleteAdminV1RolesRole: {
  readonly parameters: {
   readonly path: {
    readonly role: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly patchAdminV1RolesRole: {
  readonly parameters: {
   readonly path: {
    readonly role: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly name?: string;
     readonly description?: string;
     readonly permissions?: readonly ("users:read" | "users:write" | "users:support" | "users:delete" | "users:impersonate" | "groups:read" | "groups:write" | "roles:read" | "roles:write" | "tokens:write" | "owners:write" | "organizations:read" | "organizations:write" | "clients:read" | "clients:write" | "resources:read" | "resources:write" | "keys:read" | "keys:write" | "settings:read" | "settings:write" | "config:read" | "config:write" | "changes:read" | "changes:write" | "mail:read" | "mail:write" | "webhooks:read" | "webhooks:write" | "events:read" | "jobs:read" | "data:import" | "data:export" | "tenants:read" | "tenants:write")[];
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly id: string;
      readonly name: string;
      readonly description: string;
      readonly permissions: readonly string[];
      /** @description Built-in roles are the same in every tenant and are not changed. */
      readonly built_in: boolean;
      readonly updated_at: string | null;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1RolesRoleHolders: {
  readonly parameters: {
   readonly path: {
    readonly role: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly holders: readonly {
       /** @enum {string} */
       readonly kind: "client" | "group" | "user";
       readonly id: string;
       readonly name: string | null;
      }[];
      /** @description Whether there are others. */
      readonly more: boolean;
     };
    };
   };
  };
 };
 readonly getAdminV1UsersIdRoles: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly roles: readonly string[];
     };
    };
   };
  };
 };
 readonly putAdminV1UsersIdRolesRole: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly role: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly deleteAdminV1UsersIdRolesRole: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly role: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getAdminV1GroupsIdRoles: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly roles: readonly string[];
     };
    };
   };
  };
 };
 readonly putAdminV1GroupsIdRolesRole: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly role: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly deleteAdminV1GroupsIdRolesRole: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly role: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getAdminV1ClientsIdRoles: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly roles: readonly string[];
     };
    };
   };
  };
 };
 readonly putAdminV1ClientsIdRolesRole: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly role: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly deleteAdminV1ClientsIdRolesRole: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly role: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getAdminV1Groups: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly groups: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly name: string;
       readonly description: string;
       /** Format: date-time */
       readonly created_at: string;
       /** Format: date-time */
       readonly updated_at: string;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1Groups: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly name: string;
     readonly description?: string;
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly name: string;
      readonly description: string;
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1GroupsId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly name: string;
      readonly description: string;
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
     };
    };
   };
  };
 };
 readonly deleteAdminV1GroupsId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly patchAdminV1GroupsId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly name?: string;
     readonly description?: string;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly name: string;
      readonly description: string;
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1GroupsIdMembers: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly members: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly number: number;
       readonly username: string | null;
       readonly email: string | null;
       /** Format: date-time */
       readonly joined_at: string;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly putAdminV1GroupsIdMembersUserId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly userId: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly deleteAdminV1GroupsIdMembersUserId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly userId: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getAdminV1Clients: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
    readonly prefix?: string;
    readonly status?: "active" | "disabled";
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly clients: readonly {
       readonly id: string;
       readonly name: string | null;
       /** @enum {string} */
       readonly status: "active" | "disabled";
       readonly first_party: boolean;
       /** @description An application of the platform itself: it is not changed. */
       readonly built_in: boolean;
       /** @enum {string} */
       readonly created_via: "cli" | "registration" | "console";
       /** Format: date-time */
       readonly created_at: string;
       /** Format: date-time */
       readonly updated_at: string;
       readonly metadata: {
        readonly [key: string]: unknown;
       };
       readonly secrets: readonly {
        readonly id: string;
        readonly expires_at: string | null;
       }[];
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1Clients: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description A new one where it is left out. */
     readonly id?: string;
     /**
      * @description Where to begin from; what metadata say wins.
      * @enum {string}
      */
     readonly template?: "web" | "spa" | "native" | "machine";
     /** @description An application of your own: people are not asked for consent. */
     readonly first_party?: boolean;
     /** @description Client metadata as OpenID Connect Dynamic Registration 1.0 section 2 and RFC 7591 section 2 name them, and our own. */
     readonly metadata: {
      readonly [key: string]: unknown;
     };
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      readonly id: string;
      readonly name: string | null;
      /** @enum {string} */
      readonly status: "active" | "disabled";
      readonly first_party: boolean;
      /** @description An application of the platform itself: it is not changed. */
      readonly built_in: boolean;
      /** @enum {string} */
      readonly created_via: "cli" | "registration" | "console";
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
      readonly metadata: {
       readonly [key: string]: unknown;
      };
      readonly secrets: readonly {
       readonly id: string;
       readonly expires_at: string | null;
      }[];
      /** @description In the answer that made it, and never again. */
      readonly client_secret?: string;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1ClientsId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly id: string;
      readonly name: string | null;
      /** @enum {string} */
      readonly status: "active" | "disabled";
      readonly first_party: boolean;
      /** @description An application of the platform itself: it is not changed. */
      readonly built_in: boolean;
      /** @enum {string} */
      readonly created_via: "cli" | "registration" | "console";
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
      readonly metadata: {
       readonly [key: string]: unknown;
      };
      readonly secrets: readonly {
       readonly id: string;
       readonly expires_at: string | null;
      }[];
     };
    };
   };
  };
 };
 readonly deleteAdminV1ClientsId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly patchAdminV1ClientsId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly first_party?: boolean;
     /** @description Client metadata as OpenID Connect Dynamic Registration 1.0 section 2 and RFC 7591 section 2 name them, and our own. */
     readonly metadata?: {
      readonly [key: string]: unknown;
     };
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly id: string;
      readonly name: string | null;
      /** @enum {string} */
      readonly status: "active" | "disabled";
      readonly first_party: boolean;
      /** @description An application of the platform itself: it is not changed. */
      readonly built_in: boolean;
      /** @enum {string} */
      readonly created_via: "cli" | "registration" | "console";
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
      readonly metadata: {
       readonly [key: string]: unknown;
      };
      readonly secrets: readonly {
       readonly id: string;
       readonly expires_at: string | null;
      }[];
      /** @description In the answer that made it, and never again. */
      readonly client_secret?: string;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly postAdminV1ClientsIdDisable: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly postAdminV1ClientsIdEnable: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly postAdminV1ClientsIdSecrets: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /**
      * @description How long the present secrets go on to work.
      * @default 86400
      */
     readonly overlap_seconds?: number;
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      readonly client_secret: string;
      readonly overlap_seconds: number;
     };
    };
   };
  };
 };
 readonly postAdminV1ClientsIdRedirectUris: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly redirect_uri: string;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly id: string;
      readonly name: string | null;
      /** @enum {string} */
      readonly status: "active" | "disabled";
      readonly first_party: boolean;
      /** @description An application of the platform itself: it is not changed. */
      readonly built_in: boolean;
      /** @enum {string} */
      readonly created_via: "cli" | "registration" | "console";
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
      readonly metadata: {
       readonly [key: string]: unknown;
      };
      readonly secrets: readonly {
       readonly id: string;
       readonly expires_at: string | null;
      }[];
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1ClientsIdFirstSignIn: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly signed_in: boolean;
      readonly first_at: string | null;
     };
    };
   };
  };
 };
 readonly getAdminV1ClientsIdGrants: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly grants: readonly {
       /** Format: uuid */
       readonly id: string;
       /** Format: uuid */
       readonly user_id: string;
       readonly username: string | null;
       readonly email: string | null;
       readonly scopes: readonly string[];
       /** @description Whether it outlives the session of the person. */
       readonly offline: boolean;
       /** Format: date-time */
       readonly granted_at: string;
       readonly last_used_at: string | null;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly getAdminV1Resources: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly resources: readonly {
       /** @description An absolute URI: the audience of its tokens. */
       readonly identifier: string;
       readonly name: string;
       readonly scopes: readonly string[];
       /** @description Seconds; null is as long as all access tokens live. */
       readonly access_token_ttl_seconds: number | null;
       /** @enum {string} */
       readonly signing_algorithm: "ES256" | "RS256" | "PS256" | "EdDSA";
       /** @enum {string} */
       readonly token_format: "jwt" | "opaque";
       /** @description What its access tokens say of who may do what: ids of roles, names of groups, permissions. */
       readonly access_claims: readonly ("roles" | "groups" | "entitlements")[];
      }[];
     };
    };
   };
  };
 };
 readonly postAdminV1Resources: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description An absolute URI: the audience of its tokens. */
     readonly identifier: string;
     readonly name?: string;
     readonly scopes?: readonly string[];
     /** @description Seconds; null is as long as all access tokens live. */
     readonly access_token_ttl_seconds?: number | null;
     /** @enum {string} */
     readonly signing_algorithm?: "ES256" | "RS256" | "PS256" | "EdDSA";
     /** @enum {string} */
     readonly token_format?: "jwt" | "opaque";
     /** @description What its access tokens say of who may do what: ids of roles, names of groups, permissions. */
     readonly access_claims?: readonly ("roles" | "groups" | "entitlements")[];
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      /** @description An absolute URI: the audience of its tokens. */
      readonly identifier: string;
      readonly name: string;
      readonly scopes: readonly string[];
      /** @description Seconds; null is as long as all access tokens live. */
      readonly access_token_ttl_seconds: number | null;
      /** @enum {string} */
      readonly signing_algorithm: "ES256" | "RS256" | "PS256" | "EdDSA";
      /** @enum {string} */
      readonly token_format: "jwt" | "opaque";
      /** @description What its access tokens say of who may do what: ids of roles, names of groups, permissions. */
      readonly access_claims: readonly ("roles" | "groups" | "entitlements")[];
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1ResourcesIdentifier: {
  readonly parameters: {
   readonly path: {
    readonly identifier: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @description An absolute URI: the audience of its tokens. */
      readonly identifier: string;
      readonly name: string;
      readonly scopes: readonly string[];
      /** @description Seconds; null is as long as all access tokens live. */
      readonly access_token_ttl_seconds: number | null;
      /** @enum {string} */
      readonly signing_algorithm: "ES256" | "RS256" | "PS256" | "EdDSA";
      /** @enum {string} */
      readonly token_format: "jwt" | "opaque";
      /** @description What its access tokens say of who may do what: ids of roles, names of groups, permissions. */
      readonly access_claims: readonly ("roles" | "groups" | "entitlements")[];
     };
    };
   };
  };
 };
 readonly deleteAdminV1ResourcesIdentifier: {
  readonly parameters: {
   readonly path: {
    readonly identifier: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly patchAdminV1ResourcesIdentifier: {
  readonly parameters: {
   readonly path: {
    readonly identifier: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly name?: string;
     readonly scopes?: readonly string[];
     /** @description Seconds; null is as long as all access tokens live. */
     readonly access_token_ttl_seconds?: number | null;
     /** @enum {string} */
     readonly signing_algorithm?: "ES256" | "RS256" | "PS256" | "EdDSA";
     /** @enum {string} */
     readonly token_format?: "jwt" | "opaque";
     /** @description What its access tokens say of who may do what: ids of roles, names of groups, permissions. */
     readonly access_claims?: readonly ("roles" | "groups" | "entitlements")[];
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @description An absolute URI: the audience of its tokens. */
      readonly identifier: string;
      readonly name: string;
      readonly scopes: readonly string[];
      /** @description Seconds; null is as long as all access tokens live. */
      readonly access_token_ttl_seconds: number | null;
      /** @enum {string} */
      readonly signing_algorithm: "ES256" | "RS256" | "PS256" | "EdDSA";
      /** @enum {string} */
      readonly token_format: "jwt" | "opaque";
      /** @description What its access tokens say of who may do what: ids of roles, names of groups, permissions. */
      readonly access_claims: readonly ("roles" | "groups" | "entitlements")[];
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1Webhooks: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly webhooks: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly url: string;
       readonly description: string;
       readonly event_types: readonly string[];
       readonly enabled: boolean;
       readonly disabled_reason: string | null;
       readonly failing_since: string | null;
       /** Format: date-time */
       readonly created_at: string;
       /** Format: date-time */
       readonly updated_at: string;
      }[];
     };
    };
   };
  };
 };
 readonly postAdminV1Webhooks: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly url: string;
     readonly description?: string;
     readonly event_types: readonly string[];
     readonly enabled?: boolean;
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly url: string;
      readonly description: string;
      readonly event_types: readonly string[];
      readonly enabled: boolean;
      readonly disabled_reason: string | null;
      readonly failing_since: string | null;
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
      /** @description Signs every delivery (Standard Webhooks). Shown once. */
      readonly secret: string;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1WebhooksId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly url: string;
      readonly description: string;
      readonly event_types: readonly string[];
      readonly enabled: boolean;
      readonly disabled_reason: string | null;
      readonly failing_since: string | null;
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
     };
    };
   };
  };
 };
 readonly deleteAdminV1WebhooksId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly patchAdminV1WebhooksId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly url?: string;
     readonly description?: string;
     readonly event_types?: readonly string[];
     readonly enabled?: boolean;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly url: string;
      readonly description: string;
      readonly event_types: readonly string[];
      readonly enabled: boolean;
      readonly disabled_reason: string | null;
      readonly failing_since: string | null;
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly postAdminV1WebhooksIdRotateSecret: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @default 86400 */
     readonly overlap_seconds?: number;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly url: string;
      readonly description: string;
      readonly event_types: readonly string[];
      readonly enabled: boolean;
      readonly disabled_reason: string | null;
      readonly failing_since: string | null;
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
      /** @description Signs every delivery (Standard Webhooks). Shown once. */
      readonly secret: string;
     };
    };
   };
  };
 };
 readonly postAdminV1WebhooksIdTest: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
   };
  };
 };
 readonly getAdminV1WebhooksIdDeliveries: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
    readonly state?: "waiting" | "delivered" | "dead";
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly deliveries: readonly {
       /**
        * Format: uuid
        * @description The webhook-id that the receiver sees.
        */
       readonly id: string;
       /** Format: uuid */
       readonly event_id: string;
       readonly event_type: string;
       /** Format: date-time */
       readonly event_at: string;
       /** @enum {string} */
       readonly state: "waiting" | "delivered" | "dead";
       readonly attempts: number;
       readonly next_try_at: string | null;
       /** Format: date-time */
       readonly created_at: string;
       readonly finished_at: string | null;
       readonly status: number | null;
       readonly error: string | null;
       readonly milliseconds: number | null;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1WebhooksIdDeliveriesDeliveryReplay: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly delivery: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly deliveries: number;
     };
    };
   };
  };
 };
 readonly postAdminV1WebhooksIdReplay: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly deliveries: number;
     };
    };
   };
  };
 };
 readonly getAdminV1OrganizationRoles: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly roles: readonly {
       readonly id: string;
       readonly name: string;
       readonly description: string;
       readonly permissions: readonly string[];
       /** @description Built-in roles are the same in every organization and are not changed. */
       readonly built_in: boolean;
       readonly updated_at: string | null;
      }[];
      readonly permissions: readonly {
       readonly id: string;
       readonly description: string;
      }[];
     };
    };
   };
  };
 };
 readonly postAdminV1OrganizationRoles: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description Lower-case letters, digits and hyphens. */
     readonly id: string;
     readonly name: string;
     readonly description?: string;
     readonly permissions: readonly ("members:read" | "members:write" | "roles:write" | "domains:write" | "policy:write" | "events:read" | "owners:write")[];
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      readonly id: string;
      readonly name: string;
      readonly description: string;
      readonly permissions: readonly string[];
      /** @description Built-in roles are the same in every organization and are not changed. */
      readonly built_in: boolean;
      readonly updated_at: string | null;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1OrganizationRolesRole: {
  readonly parameters: {
   readonly path: {
    readonly role: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly id: string;
      readonly name: string;
      readonly description: string;
      readonly permissions: readonly string[];
      /** @description Built-in roles are the same in every organization and are not changed. */
      readonly built_in: boolean;
      readonly updated_at: string | null;
     };
    };
   };
  };
 };
 readonly deleteAdminV1OrganizationRolesRole: {
  readonly parameters: {
   readonly path: {
    readonly role: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly patchAdminV1OrganizationRolesRole: {
  readonly parameters: {
   readonly path: {
    readonly role: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly name?: string;
     readonly description?: string;
     readonly permissions?: readonly ("members:read" | "members:write" | "roles:write" | "domains:write" | "policy:write" | "events:read" | "owners:write")[];
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly id: string;
      readonly name: string;
      readonly description: string;
      readonly permissions: readonly string[];
      /** @description Built-in roles are the same in every organization and are not changed. */
      readonly built_in: boolean;
      readonly updated_at: string | null;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1MailTemplates: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly languages: readonly string[];
      readonly templates: readonly {
       readonly template: string;
       readonly words: readonly string[];
       readonly written_anew: readonly string[];
      }[];
     };
    };
   };
  };
 };
 readonly getAdminV1MailTemplatesTemplateLanguage: {
  readonly parameters: {
   readonly path: {
    readonly template: string;
    readonly language: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly template: string;
      readonly language: string;
      readonly words: readonly string[];
      /** @description What was written anew; the rest is as it came. */
      readonly parts: {
       readonly subject?: string;
       readonly text?: string;
       readonly html?: string;
      };
     };
    };
   };
  };
 };
 readonly putAdminV1MailTemplatesTemplateLanguage: {
  readonly parameters: {
   readonly path: {
    readonly template: string;
    readonly language: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly subject?: string;
     readonly text?: string;
     readonly html?: string;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly template: string;
      readonly language: string;
      readonly words: readonly string[];
      /** @description What was written anew; the rest is as it came. */
      readonly parts: {
       readonly subject?: string;
       readonly text?: string;
       readonly html?: string;
      };
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly deleteAdminV1MailTemplatesTemplateLanguage: {
  readonly parameters: {
   readonly path: {
    readonly template: string;
    readonly language: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly postAdminV1MailTemplatesTemplateLanguagePreview: {
  readonly parameters: {
   readonly path: {
    readonly template: string;
    readonly language: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly subject?: string;
     readonly text?: string;
     readonly html?: string;
     /** @description As it would be once these parts are saved: with none of them as it came. */
     readonly only_these?: boolean;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly subject: string;
      readonly text: string;
      readonly html: string;
      /** @description The HTML as a form brings it to /mail/preview within ten minutes; null of parts that are not saved, for whoever may not save them. */
      readonly letter: string | null;
     };
    };
   };
  };
 };
 readonly getAdminV1SettingsSignIn: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @enum {string} */
      readonly form?: "combined" | "identifier-first";
      readonly methods?: {
       readonly password?: boolean;
       readonly passkey?: boolean;
       readonly totp?: boolean;
       readonly "recovery-code"?: boolean;
       readonly "email-code"?: boolean;
       readonly "sms-code"?: boolean;
      };
      /** @enum {string} */
      readonly sign_up?: "open" | "invitation" | "closed";
      /** @enum {string} */
      readonly email_proof?: "first" | "after" | "never";
      /** @enum {string} */
      readonly second_factor?: "when-enrolled" | "administrators" | "always";
      /** @description Applications that are opened with a second factor only. */
      readonly second_factor_clients?: readonly string[];
      /** @description How long a browser is excused from the second factor; 0 for never. */
      readonly trusted_device_seconds?: number;
      /** @description How fresh a sign-in must be to change what guards the account. */
      readonly reauthentication_seconds?: number;
      /** @description How numbers begin that get text messages, such as +41; with none, every number does. */
      readonly sms_prefixes?: readonly string[];
      /** @description How many text messages are sent in an hour at most. */
      readonly sms_per_hour?: number;
      /** @description Further domains whose passkeys are taken. */
      readonly passkey_rp_ids?: readonly string[];
      /** @description Further origins that may use them. */
      readonly passkey_origins?: readonly string[];
      /** @enum {string} */
      readonly passkey_attestation?: "none" | "direct";
     };
    };
   };
  };
 };
 readonly putAdminV1SettingsSignIn: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @enum {string} */
     readonly form?: "combined" | "identifier-first";
     readonly methods?: {
      readonly password?: boolean;
      readonly passkey?: boolean;
      readonly totp?: boolean;
      readonly "recovery-code"?: boolean;
      readonly "email-code"?: boolean;
      readonly "sms-code"?: boolean;
     };
     /** @enum {string} */
     readonly sign_up?: "open" | "invitation" | "closed";
     /** @enum {string} */
     readonly email_proof?: "first" | "after" | "never";
     /** @enum {string} */
     readonly second_factor?: "when-enrolled" | "administrators" | "always";
     /** @description Applications that are opened with a second factor only. */
     readonly second_factor_clients?: readonly string[];
     /** @description How long a browser is excused from the second factor; 0 for never. */
     readonly trusted_device_seconds?: number;
     /** @description How fresh a sign-in must be to change what guards the account. */
     readonly reauthentication_seconds?: number;
     /** @description How numbers begin that get text messages, such as +41; with none, every number does. */
     readonly sms_prefixes?: readonly string[];
     /** @description How many text messages are sent in an hour at most. */
     readonly sms_per_hour?: number;
     /** @description Further domains whose passkeys are taken. */
     readonly passkey_rp_ids?: readonly string[];
     /** @description Further origins that may use them. */
     readonly passkey_origins?: readonly string[];
     /** @enum {string} */
     readonly passkey_attestation?: "none" | "direct";
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @enum {string} */
      readonly form?: "combined" | "identifier-first";
      readonly methods?: {
       readonly password?: boolean;
       readonly passkey?: boolean;
       readonly totp?: boolean;
       readonly "recovery-code"?: boolean;
       readonly "email-code"?: boolean;
       readonly "sms-code"?: boolean;
      };
      /** @enum {string} */
      readonly sign_up?: "open" | "invitation" | "closed";
      /** @enum {string} */
      readonly email_proof?: "first" | "after" | "never";
      /** @enum {string} */
      readonly second_factor?: "when-enrolled" | "administrators" | "always";
      /** @description Applications that are opened with a second factor only. */
      readonly second_factor_clients?: readonly string[];
      /** @description How long a browser is excused from the second factor; 0 for never. */
      readonly trusted_device_seconds?: number;
      /** @description How fresh a sign-in must be to change what guards the account. */
      readonly reauthentication_seconds?: number;
      /** @description How numbers begin that get text messages, such as +41; with none, every number does. */
      readonly sms_prefixes?: readonly string[];
      /** @description How many text messages are sent in an hour at most. */
      readonly sms_per_hour?: number;
      /** @description Further domains whose passkeys are taken. */
      readonly passkey_rp_ids?: readonly string[];
      /** @description Further origins that may use them. */
      readonly passkey_origins?: readonly string[];
      /** @enum {string} */
      readonly passkey_attestation?: "none" | "direct";
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1SettingsSignInHistory: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly versions: readonly {
       readonly version: number;
       /** Format: date-time */
       readonly changed_at: string;
       /** @enum {string} */
       readonly via: "cli" | "admin" | "unknown";
       /** @description As in the events, such as "user {id}"; null for the command line. */
       readonly actor: string | null;
       /**
        * @example {
        *       "second_factor": "administrators",
        *       "trusted_device_seconds": 604800
        *     }
        */
       readonly value: {
        /** @enum {string} */
        readonly form?: "combined" | "identifier-first";
        readonly methods?: {
         readonly password?: boolean;
         readonly passkey?: boolean;
         readonly totp?: boolean;
         readonly "recovery-code"?: boolean;
         readonly "email-code"?: boolean;
         readonly "sms-code"?: boolean;
        };
        /** @enum {string} */
        readonly sign_up?: "open" | "invitation" | "closed";
        /** @enum {string} */
        readonly email_proof?: "first" | "after" | "never";
        /** @enum {string} */
        readonly second_factor?: "when-enrolled" | "administrators" | "always";
        /** @description Applications that are opened with a second factor only. */
        readonly second_factor_clients?: readonly string[];
        /** @description How long a browser is excused from the second factor; 0 for never. */
        readonly trusted_device_seconds?: number;
        /** @description How fresh a sign-in must be to change what guards the account. */
        readonly reauthentication_seconds?: number;
        /** @description How numbers begin that get text messages, such as +41; with none, every number does. */
        readonly sms_prefixes?: readonly string[];
        /** @description How many text messages are sent in an hour at most. */
        readonly sms_per_hour?: number;
        /** @description Further domains whose passkeys are taken. */
        readonly passkey_rp_ids?: readonly string[];
        /** @description Further origins that may use them. */
        readonly passkey_origins?: readonly string[];
        /** @enum {string} */
        readonly passkey_attestation?: "none" | "direct";
       };
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1SettingsSignInRevertVersion: {
  readonly parameters: {
   readonly path: {
    readonly version: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @enum {string} */
      readonly form?: "combined" | "identifier-first";
      readonly methods?: {
       readonly password?: boolean;
       readonly passkey?: boolean;
       readonly totp?: boolean;
       readonly "recovery-code"?: boolean;
       readonly "email-code"?: boolean;
       readonly "sms-code"?: boolean;
      };
      /** @enum {string} */
      readonly sign_up?: "open" | "invitation" | "closed";
      /** @enum {string} */
      readonly email_proof?: "first" | "after" | "never";
      /** @enum {string} */
      readonly second_factor?: "when-enrolled" | "administrators" | "always";
      /** @description Applications that are opened with a second factor only. */
      readonly second_factor_clients?: readonly string[];
      /** @description How long a browser is excused from the second factor; 0 for never. */
      readonly trusted_device_seconds?: number;
      /** @description How fresh a sign-in must be to change what guards the account. */
      readonly reauthentication_seconds?: number;
      /** @description How numbers begin that get text messages, such as +41; with none, every number does. */
      readonly sms_prefixes?: readonly string[];
      /** @description How many text messages are sent in an hour at most. */
      readonly sms_per_hour?: number;
      /** @description Further domains whose passkeys are taken. */
      readonly passkey_rp_ids?: readonly string[];
      /** @description Further origins that may use them. */
      readonly passkey_origins?: readonly string[];
      /** @enum {string} */
      readonly passkey_attestation?: "none" | "direct";
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1SettingsBranding: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly name?: string;
      /** @description It is uploaded by itself. Left out, it is taken away; otherwise it is the present one. */
      readonly logo?: {
       readonly hash: string;
       /** @enum {string} */
       readonly media_type: "image/png" | "image/jpeg" | "image/webp";
      };
      /** @description A colour such as "#0a6b5c", or {"light": ..., "dark": ...}. */
      readonly accent?: unknown;
      /** @enum {string} */
      readonly radius?: "none" | "small" | "medium" | "large";
      /** @description "plain", "gradient", a colour, or {"light": ..., "dark": ...}. */
      readonly background?: unknown;
      readonly terms_url?: string;
      readonly privacy_url?: string;
      readonly help_url?: string;
      readonly custom_css?: string;
     };
    };
   };
  };
 };
 readonly putAdminV1SettingsBranding: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly name?: string;
     /** @description It is uploaded by itself. Left out, it is taken away; otherwise it is the present one. */
     readonly logo?: {
      readonly hash: string;
      /** @enum {string} */
      readonly media_type: "image/png" | "image/jpeg" | "image/webp";
     };
     /** @description A colour such as "#0a6b5c", or {"light": ..., "dark": ...}. */
     readonly accent?: unknown;
     /** @enum {string} */
     readonly radius?: "none" | "small" | "medium" | "large";
     /** @description "plain", "gradient", a colour, or {"light": ..., "dark": ...}. */
     readonly background?: unknown;
     readonly terms_url?: string;
     readonly privacy_url?: string;
     readonly help_url?: string;
     readonly custom_css?: string;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly name?: string;
      /** @description It is uploaded by itself. Left out, it is taken away; otherwise it is the present one. */
      readonly logo?: {
       readonly hash: string;
       /** @enum {string} */
       readonly media_type: "image/png" | "image/jpeg" | "image/webp";
      };
      /** @description A colour such as "#0a6b5c", or {"light": ..., "dark": ...}. */
      readonly accent?: unknown;
      /** @enum {string} */
      readonly radius?: "none" | "small" | "medium" | "large";
      /** @description "plain", "gradient", a colour, or {"light": ..., "dark": ...}. */
      readonly background?: unknown;
      readonly terms_url?: string;
      readonly privacy_url?: string;
      readonly help_url?: string;
      readonly custom_css?: string;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1SettingsBrandingHistory: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly versions: readonly {
       readonly version: number;
       /** Format: date-time */
       readonly changed_at: string;
       /** @enum {string} */
       readonly via: "cli" | "admin" | "unknown";
       /** @description As in the events, such as "user {id}"; null for the command line. */
       readonly actor: string | null;
       /**
        * @example {
        *       "name": "Acme",
        *       "accent": "#1f4fd8",
        *       "radius": "small",
        *       "background": "plain"
        *     }
        */
       readonly value: {
        readonly name?: string;
        /** @description It is uploaded by itself. Left out, it is taken away; otherwise it is the present one. */
        readonly logo?: {
         readonly hash: string;
         /** @enum {string} */
         readonly media_type: "image/png" | "image/jpeg" | "image/webp";
        };
        /** @description A colour such as "#0a6b5c", or {"light": ..., "dark": ...}. */
        readonly accent?: unknown;
        /** @enum {string} */
        readonly radius?: "none" | "small" | "medium" | "large";
        /** @description "plain", "gradient", a colour, or {"light": ..., "dark": ...}. */
        readonly background?: unknown;
        readonly terms_url?: string;
        readonly privacy_url?: string;
        readonly help_url?: string;
        readonly custom_css?: string;
       };
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1SettingsBrandingRevertVersion: {
  readonly parameters: {
   readonly path: {
    readonly version: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly name?: string;
      /** @description It is uploaded by itself. Left out, it is taken away; otherwise it is the present one. */
      readonly logo?: {
       readonly hash: string;
       /** @enum {string} */
       readonly media_type: "image/png" | "image/jpeg" | "image/webp";
      };
      /** @description A colour such as "#0a6b5c", or {"light": ..., "dark": ...}. */
      readonly accent?: unknown;
      /** @enum {string} */
      readonly radius?: "none" | "small" | "medium" | "large";
      /** @description "plain", "gradient", a colour, or {"light": ..., "dark": ...}. */
      readonly background?: unknown;
      readonly terms_url?: string;
      readonly privacy_url?: string;
      readonly help_url?: string;
      readonly custom_css?: string;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1SettingsAttributes: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": Record<string, unknown>;
    };
   };
  };
 };
 readonly putAdminV1SettingsAttributes: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": Record<string, unknown>;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": Record<string, unknown>;
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1SettingsAttributesHistory: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly versions: readonly {
       readonly version: number;
       /** Format: date-time */
       readonly changed_at: string;
       /** @enum {string} */
       readonly via: "cli" | "admin" | "unknown";
       /** @description As in the events, such as "user {id}"; null for the command line. */
       readonly actor: string | null;
       /** @description A JSON Schema (2020-12 or draft-07); without additionalProperties it allows its own properties alone. */
       readonly value: Record<string, unknown>;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1SettingsAttributesRevertVersion: {
  readonly parameters: {
   readonly path: {
    readonly version: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": Record<string, unknown>;
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1SettingsClaims: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly claims: readonly ({
       readonly claim: string;
       readonly attribute: string;
       readonly scope: string;
      } | {
       readonly claim: string;
       /**
        * @description What the person may do: the ids of roles, the names of groups, or permissions.
        * @enum {string}
        */
       readonly access: "roles" | "groups" | "entitlements";
       readonly scope: string;
      })[];
     };
    };
   };
  };
 };
 readonly putAdminV1SettingsClaims: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly claims: readonly ({
      readonly claim: string;
      readonly attribute: string;
      readonly scope: string;
     } | {
      readonly claim: string;
      /**
       * @description What the person may do: the ids of roles, the names of groups, or permissions.
       * @enum {string}
       */
      readonly access: "roles" | "groups" | "entitlements";
      readonly scope: string;
     })[];
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly claims: readonly ({
       readonly claim: string;
       readonly attribute: string;
       readonly scope: string;
      } | {
       readonly claim: string;
       /**
        * @description What the person may do: the ids of roles, the names of groups, or permissions.
        * @enum {string}
        */
       readonly access: "roles" | "groups" | "entitlements";
       readonly scope: string;
      })[];
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1SettingsClaimsHistory: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly versions: readonly {
       readonly version: number;
       /** Format: date-time */
       readonly changed_at: string;
       /** @enum {string} */
       readonly via: "cli" | "admin" | "unknown";
       /** @description As in the events, such as "user {id}"; null for the command line. */
       readonly actor: string | null;
       /**
        * @example {
        *       "claims": [
        *         {
        *           "claim": "department",
        *           "attribute": "department",
        *           "scope": "profile"
        *         },
        *         {
        *           "claim": "roles",
        *           "access": "roles",
        *           "scope": "roles"
        *         }
        *       ]
        *     }
        */
       readonly value: {
        readonly claims: readonly ({
         readonly claim: string;
         readonly attribute: string;
         readonly scope: string;
        } | {
         readonly claim: string;
         /**
          * @description What the person may do: the ids of roles, the names of groups, or permissions.
          * @enum {string}
          */
         readonly access: "roles" | "groups" | "entitlements";
         readonly scope: string;
        })[];
       };
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1SettingsClaimsRevertVersion: {
  readonly parameters: {
   readonly path: {
    readonly version: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly claims: readonly ({
       readonly claim: string;
       readonly attribute: string;
       readonly scope: string;
      } | {
       readonly claim: string;
       /**
        * @description What the person may do: the ids of roles, the names of groups, or permissions.
        * @enum {string}
        */
       readonly access: "roles" | "groups" | "entitlements";
       readonly scope: string;
      })[];
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1SettingsRegistration: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /**
       * @description Anybody, holders of an initial access token, or nobody.
       * @enum {string}
       */
      readonly mode?: "open" | "token" | "off";
      /** @description Whether they may register for tokens in the front channel. */
      readonly allow_implicit?: boolean;
      /** @description Whose software statements are believed (RFC 7591 section 2.3). */
      readonly software_statement_issuers?: readonly {
       readonly issuer: string;
       readonly jwks: {
        readonly keys: readonly {
         readonly [key: string]: unknown;
        }[];
       };
      }[];
     };
    };
   };
  };
 };
 readonly putAdminV1SettingsRegistration: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /**
      * @description Anybody, holders of an initial access token, or nobody.
      * @enum {string}
      */
     readonly mode?: "open" | "token" | "off";
     /** @description Whether they may register for tokens in the front channel. */
     readonly allow_implicit?: boolean;
     /** @description Whose software statements are believed (RFC 7591 section 2.3). */
     readonly software_statement_issuers?: readonly {
      readonly issuer: string;
      readonly jwks: {
       readonly keys: readonly {
        readonly [key: string]: unknown;
       }[];
      };
     }[];
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /**
       * @description Anybody, holders of an initial access token, or nobody.
       * @enum {string}
       */
      readonly mode?: "open" | "token" | "off";
      /** @description Whether they may register for tokens in the front channel. */
      readonly allow_implicit?: boolean;
      /** @description Whose software statements are believed (RFC 7591 section 2.3). */
      readonly software_statement_issuers?: readonly {
       readonly issuer: string;
       readonly jwks: {
        readonly keys: readonly {
         readonly [key: string]: unknown;
        }[];
       };
      }[];
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1SettingsRegistrationHistory: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly versions: readonly {
       readonly version: number;
       /** Format: date-time */
       readonly changed_at: string;
       /** @enum {string} */
       readonly via: "cli" | "admin" | "unknown";
       /** @description As in the events, such as "user {id}"; null for the command line. */
       readonly actor: string | null;
       /**
        * @example {
        *       "mode": "token",
        *       "allow_implicit": false
        *     }
        */
       readonly value: {
        /**
         * @description Anybody, holders of an initial access token, or nobody.
         * @enum {string}
         */
        readonly mode?: "open" | "token" | "off";
        /** @description Whether they may register for tokens in the front channel. */
        readonly allow_implicit?: boolean;
        /** @description Whose software statements are believed (RFC 7591 section 2.3). */
        readonly software_statement_issuers?: readonly {
         readonly issuer: string;
         readonly jwks: {
          readonly keys: readonly {
           readonly [key: string]: unknown;
          }[];
         };
        }[];
       };
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1SettingsRegistrationRevertVersion: {
  readonly parameters: {
   readonly path: {
    readonly version: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /**
       * @description Anybody, holders of an initial access token, or nobody.
       * @enum {string}
       */
      readonly mode?: "open" | "token" | "off";
      /** @description Whether they may register for tokens in the front channel. */
      readonly allow_implicit?: boolean;
      /** @description Whose software statements are believed (RFC 7591 section 2.3). */
      readonly software_statement_issuers?: readonly {
       readonly issuer: string;
       readonly jwks: {
        readonly keys: readonly {
         readonly [key: string]: unknown;
        }[];
       };
      }[];
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1SettingsHooks: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly before_registration?: {
       readonly url: string;
       readonly enabled?: boolean;
       /** @default 2000 */
       readonly timeout_ms: number;
       /**
        * @description Whether people go on where the hook does not answer, or answers something else than it may.
        * @enum {string}
        */
       readonly on_failure: "allow" | "refuse";
       /** @description One more makes another secret; the one before signs beside it. */
       readonly secret_version?: number;
      };
      readonly before_token?: {
       readonly url: string;
       readonly enabled?: boolean;
       /** @default 2000 */
       readonly timeout_ms: number;
       /**
        * @description Whether people go on where the hook does not answer, or answers something else than it may.
        * @enum {string}
        */
       readonly on_failure: "allow" | "refuse";
       /** @description One more makes another secret; the one before signs beside it. */
       readonly secret_version?: number;
      };
      readonly after_sign_in?: {
       readonly url: string;
       readonly enabled?: boolean;
       /** @default 2000 */
       readonly timeout_ms: number;
       /**
        * @description Whether people go on where the hook does not answer, or answers something else than it may.
        * @enum {string}
        */
       readonly on_failure: "allow" | "refuse";
       /** @description One more makes another secret; the one before signs beside it. */
       readonly secret_version?: number;
      };
     };
    };
   };
  };
 };
 readonly putAdminV1SettingsHooks: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly before_registration?: {
      readonly url: string;
      readonly enabled?: boolean;
      /** @default 2000 */
      readonly timeout_ms?: number;
      /**
       * @description Whether people go on where the hook does not answer, or answers something else than it may.
       * @enum {string}
       */
      readonly on_failure: "allow" | "refuse";
      /** @description One more makes another secret; the one before signs beside it. */
      readonly secret_version?: number;
     };
     readonly before_token?: {
      readonly url: string;
      readonly enabled?: boolean;
      /** @default 2000 */
      readonly timeout_ms?: number;
      /**
       * @description Whether people go on where the hook does not answer, or answers something else than it may.
       * @enum {string}
       */
      readonly on_failure: "allow" | "refuse";
      /** @description One more makes another secret; the one before signs beside it. */
      readonly secret_version?: number;
     };
     readonly after_sign_in?: {
      readonly url: string;
      readonly enabled?: boolean;
      /** @default 2000 */
      readonly timeout_ms?: number;
      /**
       * @description Whether people go on where the hook does not answer, or answers something else than it may.
       * @enum {string}
       */
      readonly on_failure: "allow" | "refuse";
      /** @description One more makes another secret; the one before signs beside it. */
      readonly secret_version?: number;
     };
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly before_registration?: {
       readonly url: string;
       readonly enabled?: boolean;
       /** @default 2000 */
       readonly timeout_ms: number;
       /**
        * @description Whether people go on where the hook does not answer, or answers something else than it may.
        * @enum {string}
        */
       readonly on_failure: "allow" | "refuse";
       /** @description One more makes another secret; the one before signs beside it. */
       readonly secret_version?: number;
      };
      readonly before_token?: {
       readonly url: string;
       readonly enabled?: boolean;
       /** @default 2000 */
       readonly timeout_ms: number;
       /**
        * @description Whether people go on where the hook does not answer, or answers something else than it may.
        * @enum {string}
        */
       readonly on_failure: "allow" | "refuse";
       /** @description One more makes another secret; the one before signs beside it. */
       readonly secret_version?: number;
      };
      readonly after_sign_in?: {
       readonly url: string;
       readonly enabled?: boolean;
       /** @default 2000 */
       readonly timeout_ms: number;
       /**
        * @description Whether people go on where the hook does not answer, or answers something else than it may.
        * @enum {string}
        */
       readonly on_failure: "allow" | "refuse";
       /** @description One more makes another secret; the one before signs beside it. */
       readonly secret_version?: number;
      };
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1SettingsHooksHistory: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly versions: readonly {
       readonly version: number;
       /** Format: date-time */
       readonly changed_at: string;
       /** @enum {string} */
       readonly via: "cli" | "admin" | "unknown";
       /** @description As in the events, such as "user {id}"; null for the command line. */
       readonly actor: string | null;
       /**
        * @example {
        *       "before_registration": {
        *         "url": "https://hooks.example.com/registration",
        *         "on_failure": "refuse"
        *       }
        *     }
        */
       readonly value: {
        readonly before_registration?: {
         readonly url: string;
         readonly enabled?: boolean;
         /** @default 2000 */
         readonly timeout_ms: number;
         /**
          * @description Whether people go on where the hook does not answer, or answers something else than it may.
          * @enum {string}
          */
         readonly on_failure: "allow" | "refuse";
         /** @description One more makes another secret; the one before signs beside it. */
         readonly secret_version?: number;
        };
        readonly before_token?: {
         readonly url: string;
         readonly enabled?: boolean;
         /** @default 2000 */
         readonly timeout_ms: number;
         /**
          * @description Whether people go on where the hook does not answer, or answers something else than it may.
          * @enum {string}
          */
         readonly on_failure: "allow" | "refuse";
         /** @description One more makes another secret; the one before signs beside it. */
         readonly secret_version?: number;
        };
        readonly after_sign_in?: {
         readonly url: string;
         readonly enabled?: boolean;
         /** @default 2000 */
         readonly timeout_ms: number;
         /**
          * @description Whether people go on where the hook does not answer, or answers something else than it may.
          * @enum {string}
          */
         readonly on_failure: "allow" | "refuse";
         /** @description One more makes another secret; the one before signs beside it. */
         readonly secret_version?: number;
        };
       };
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1SettingsHooksRevertVersion: {
  readonly parameters: {
   readonly path: {
    readonly version: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly before_registration?: {
       readonly url: string;
       readonly enabled?: boolean;
       /** @default 2000 */
       readonly timeout_ms: number;
       /**
        * @description Whether people go on where the hook does not answer, or answers something else than it may.
        * @enum {string}
        */
       readonly on_failure: "allow" | "refuse";
       /** @description One more makes another secret; the one before signs beside it. */
       readonly secret_version?: number;
      };
      readonly before_token?: {
       readonly url: string;
       readonly enabled?: boolean;
       /** @default 2000 */
       readonly timeout_ms: number;
       /**
        * @description Whether people go on where the hook does not answer, or answers something else than it may.
        * @enum {string}
        */
       readonly on_failure: "allow" | "refuse";
       /** @description One more makes another secret; the one before signs beside it. */
       readonly secret_version?: number;
      };
      readonly after_sign_in?: {
       readonly url: string;
       readonly enabled?: boolean;
       /** @default 2000 */
       readonly timeout_ms: number;
       /**
        * @description Whether people go on where the hook does not answer, or answers something else than it may.
        * @enum {string}
        */
       readonly on_failure: "allow" | "refuse";
       /** @description One more makes another secret; the one before signs beside it. */
       readonly secret_version?: number;
      };
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1SettingsApproval: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @description Whether a change of settings or of the configuration waits until a second person approves it. */
      readonly two_persons?: boolean;
     };
    };
   };
  };
 };
 readonly putAdminV1SettingsApproval: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description Whether a change of settings or of the configuration waits until a second person approves it. */
     readonly two_persons?: boolean;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @description Whether a change of settings or of the configuration waits until a second person approves it. */
      readonly two_persons?: boolean;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1SettingsApprovalHistory: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly versions: readonly {
       readonly version: number;
       /** Format: date-time */
       readonly changed_at: string;
       /** @enum {string} */
       readonly via: "cli" | "admin" | "unknown";
       /** @description As in the events, such as "user {id}"; null for the command line. */
       readonly actor: string | null;
       /**
        * @example {
        *       "two_persons": true
        *     }
        */
       readonly value: {
        /** @description Whether a change of settings or of the configuration waits until a second person approves it. */
        readonly two_persons?: boolean;
       };
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1SettingsApprovalRevertVersion: {
  readonly parameters: {
   readonly path: {
    readonly version: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @description Whether a change of settings or of the configuration waits until a second person approves it. */
      readonly two_persons?: boolean;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1SettingsEvents: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @description After how many days events are deleted; null for as long as the installation keeps them (CIP_EVENT_RETENTION). */
      readonly retention_days?: number | null;
     };
    };
   };
  };
 };
 readonly putAdminV1SettingsEvents: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description After how many days events are deleted; null for as long as the installation keeps them (CIP_EVENT_RETENTION). */
     readonly retention_days?: number | null;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @description After how many days events are deleted; null for as long as the installation keeps them (CIP_EVENT_RETENTION). */
      readonly retention_days?: number | null;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1SettingsEventsHistory: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly versions: readonly {
       readonly version: number;
       /** Format: date-time */
       readonly changed_at: string;
       /** @enum {string} */
       readonly via: "cli" | "admin" | "unknown";
       /** @description As in the events, such as "user {id}"; null for the command line. */
       readonly actor: string | null;
       /**
        * @example {
        *       "retention_days": 180
        *     }
        */
       readonly value: {
        /** @description After how many days events are deleted; null for as long as the installation keeps them (CIP_EVENT_RETENTION). */
        readonly retention_days?: number | null;
       };
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1SettingsEventsRevertVersion: {
  readonly parameters: {
   readonly path: {
    readonly version: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @description After how many days events are deleted; null for as long as the installation keeps them (CIP_EVENT_RETENTION). */
      readonly retention_days?: number | null;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly putAdminV1SettingsBrandingLogo: {
  readonly requestBody: {
   readonly content: {
    readonly "image/png": string;
    readonly "image/jpeg": string;
    readonly "image/webp": string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly name?: string;
      /** @description It is uploaded by itself. Left out, it is taken away; otherwise it is the present one. */
      readonly logo?: {
       readonly hash: string;
       /** @enum {string} */
       readonly media_type: "image/png" | "image/jpeg" | "image/webp";
      };
      /** @description A colour such as "#0a6b5c", or {"light": ..., "dark": ...}. */
      readonly accent?: unknown;
      /** @enum {string} */
      readonly radius?: "none" | "small" | "medium" | "large";
      /** @description "plain", "gradient", a colour, or {"light": ..., "dark": ...}. */
      readonly background?: unknown;
      readonly terms_url?: string;
      readonly privacy_url?: string;
      readonly help_url?: string;
      readonly custom_css?: string;
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly postAdminV1SettingsBrandingPreview: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly name?: string;
     /** @description It is uploaded by itself. Left out, it is taken away; otherwise it is the present one. */
     readonly logo?: {
      readonly hash: string;
      /** @enum {string} */
      readonly media_type: "image/png" | "image/jpeg" | "image/webp";
     };
     /** @description A colour such as "#0a6b5c", or {"light": ..., "dark": ...}. */
     readonly accent?: unknown;
     /** @enum {string} */
     readonly radius?: "none" | "small" | "medium" | "large";
     /** @description "plain", "gradient", a colour, or {"light": ..., "dark": ...}. */
     readonly background?: unknown;
     readonly terms_url?: string;
     readonly privacy_url?: string;
     readonly help_url?: string;
     readonly custom_css?: string;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @description The parameter `draft` of /interaction/preview; it works for a day. */
      readonly draft: string;
     };
    };
   };
  };
 };
 readonly getAdminV1RegistrationTokens: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly tokens: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly note: string | null;
       readonly uses_left: number | null;
       /** Format: date-time */
       readonly created_at: string;
       readonly expires_at: string | null;
       readonly works: boolean;
      }[];
     };
    };
   };
  };
 };
 readonly postAdminV1RegistrationTokens: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly note?: string;
     /** @description How many clients it may register; without end otherwise. */
     readonly uses?: number;
     /** @description Without end otherwise. */
     readonly life_seconds?: number;
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly initial_access_token: string;
     };
    };
   };
  };
 };
 readonly deleteAdminV1RegistrationTokensId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getAdminV1Keys: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly keys: readonly {
       readonly kid: string;
       /** @enum {string} */
       readonly algorithm: "ES256" | "RS256" | "PS256" | "EdDSA";
       /** @enum {string} */
       readonly state: "pending" | "active" | "retired" | "removed" | "revoked";
       /** Format: date-time */
       readonly created_at: string;
       /** Format: date-time */
       readonly active_at: string;
       readonly retired_at: string | null;
       readonly removed_at: string | null;
       readonly revoked_at: string | null;
      }[];
     };
    };
   };
  };
 };
 readonly postAdminV1KeysRotate: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @enum {string} */
     readonly algorithm?: "ES256" | "RS256" | "PS256" | "EdDSA";
     /** @description Sign with it before clients could fetch it. Only where the present key must go. */
     readonly at_once?: boolean;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly keys: readonly {
       /** @enum {string} */
       readonly algorithm: "ES256" | "RS256" | "PS256" | "EdDSA";
       readonly kid: string;
       /** @enum {string} */
       readonly outcome: "rotated" | "already-pending";
       readonly active_in_seconds: number;
      }[];
     };
    };
   };
  };
 };
 readonly postAdminV1KeysKidRevoke: {
  readonly parameters: {
   readonly path: {
    readonly kid: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly kid: string;
      readonly changed: boolean;
     };
    };
   };
  };
 };
 readonly getAdminV1Config: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly [key: string]: unknown;
     };
    };
   };
  };
 };
 readonly getAdminV1ConfigSchema: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly [key: string]: unknown;
     };
    };
   };
  };
 };
 readonly postAdminV1ConfigPlan: {
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /**
      * @description As docs/config.schema.json has it.
      * @example {
      *       "version": 1,
      *       "clients": {
      *         "shop": {
      *           "metadata": {
      *             "client_name": "Shop",
      *             "redirect_uris": [
      *               "https://shop.example/callback"
      *             ]
      *           }
      *         }
      *       }
      *     }
      */
     readonly document: {
      readonly [key: string]: unknown;
     };
     /** @description Whether things go that the sections of the document do not name. */
     readonly prune?: boolean;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly plan: string;
      readonly changes: readonly {
       readonly section: string;
       readonly key: string;
       /** @enum {string} */
       readonly kind: "create" | "change" | "delete";
       /** @description Each member that differs; without before or after it was or is not there. */
       readonly differences: readonly {
        readonly at: string;
        readonly before?: unknown;
        readonly after?: unknown;
       }[];
      }[];
      readonly needs_approval: boolean;
     };
    };
   };
  };
 };
 readonly postAdminV1ConfigApply: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /**
      * @description As docs/config.schema.json has it.
      * @example {
      *       "version": 1,
      *       "clients": {
      *         "shop": {
      *           "metadata": {
      *             "client_name": "Shop",
      *             "redirect_uris": [
      *               "https://shop.example/callback"
      *             ]
      *           }
      *         }
      *       }
      *     }
      */
     readonly document: {
      readonly [key: string]: unknown;
     };
     /** @description Whether things go that the sections of the document do not name. */
     readonly prune?: boolean;
     /** @description The hash of a plan: it is done as planned or not at all. */
     readonly plan?: string;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @description Null where there was nothing to change. */
      readonly version: number | null;
      readonly changes: readonly {
       readonly section: string;
       readonly key: string;
       /** @enum {string} */
       readonly kind: "create" | "change" | "delete";
       /** @description Each member that differs; without before or after it was or is not there. */
       readonly differences: readonly {
        readonly at: string;
        readonly before?: unknown;
        readonly after?: unknown;
       }[];
      }[];
      /** @description Of what was made. Shown once. */
      readonly secrets: readonly {
       readonly section: string;
       readonly key: string;
       readonly secret: string;
      }[];
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1ConfigHistory: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly versions: readonly {
       readonly version: number;
       /** Format: date-time */
       readonly applied_at: string;
       /** @enum {string} */
       readonly via: "cli" | "admin";
       readonly actor: string | null;
       /** @description The change that was approved, or "waived" at the machine. */
       readonly approval: string | null;
       readonly created: number;
       readonly changed: number;
       readonly deleted: number;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly getAdminV1ConfigHistoryVersion: {
  readonly parameters: {
   readonly path: {
    readonly version: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly version: number;
      /** Format: date-time */
      readonly applied_at: string;
      /** @enum {string} */
      readonly via: "cli" | "admin";
      readonly actor: string | null;
      /** @description The change that was approved, or "waived" at the machine. */
      readonly approval: string | null;
      readonly created: number;
      readonly changed: number;
      readonly deleted: number;
      readonly changes: readonly {
       readonly section: string;
       readonly key: string;
       /** @enum {string} */
       readonly kind: "create" | "change" | "delete";
       /** @description Each member that differs; without before or after it was or is not there. */
       readonly differences: readonly {
        readonly at: string;
        readonly before?: unknown;
        readonly after?: unknown;
       }[];
      }[];
      /**
       * @description As docs/config.schema.json has it.
       * @example {
       *       "version": 1,
       *       "clients": {
       *         "shop": {
       *           "metadata": {
       *             "client_name": "Shop",
       *             "redirect_uris": [
       *               "https://shop.example/callback"
       *             ]
       *           }
       *         }
       *       }
       *     }
       */
      readonly document: {
       readonly [key: string]: unknown;
      };
     };
    };
   };
  };
 };
 readonly postAdminV1ConfigRevertVersion: {
  readonly parameters: {
   readonly path: {
    readonly version: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @description Null where there was nothing to change. */
      readonly version: number | null;
      readonly changes: readonly {
       readonly section: string;
       readonly key: string;
       /** @enum {string} */
       readonly kind: "create" | "change" | "delete";
       /** @description Each member that differs; without before or after it was or is not there. */
       readonly differences: readonly {
        readonly at: string;
        readonly before?: unknown;
        readonly after?: unknown;
       }[];
      }[];
      /** @description Of what was made. Shown once. */
      readonly secrets: readonly {
       readonly section: string;
       readonly key: string;
       readonly secret: string;
      }[];
     };
    };
   };
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /**
       * Format: uuid
       * @description See /admin/v1/changes.
       */
      readonly change: string;
     };
    };
   };
  };
 };
 readonly getAdminV1Changes: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
    readonly state?: "pending" | "approved" | "rejected" | "withdrawn" | "stale" | "expired";
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly changes: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly title: string;
       /** @enum {string} */
       readonly state: "pending" | "approved" | "rejected" | "withdrawn" | "stale" | "expired";
       /** @description As in the events, such as "user {id}". */
       readonly proposed_by: string;
       /** Format: date-time */
       readonly created_at: string;
       /** Format: date-time */
       readonly expires_at: string;
       readonly decided_by: string | null;
       readonly decided_at: string | null;
       readonly created: number;
       readonly changed: number;
       readonly deleted: number;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly getAdminV1ChangesId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly title: string;
      /** @enum {string} */
      readonly state: "pending" | "approved" | "rejected" | "withdrawn" | "stale" | "expired";
      /** @description As in the events, such as "user {id}". */
      readonly proposed_by: string;
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly expires_at: string;
      readonly decided_by: string | null;
      readonly decided_at: string | null;
      readonly created: number;
      readonly changed: number;
      readonly deleted: number;
      /** @description Of the parts that one may see. */
      readonly changes: readonly {
       readonly section: string;
       readonly key: string;
       /** @enum {string} */
       readonly kind: "create" | "change" | "delete";
       /** @description Each member that differs; without before or after it was or is not there. */
       readonly differences: readonly {
        readonly at: string;
        readonly before?: unknown;
        readonly after?: unknown;
       }[];
      }[];
     };
    };
   };
  };
 };
 readonly postAdminV1ChangesIdApprove: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @description Of the configuration. */
      readonly version: number;
      /** @description Of what was made. Shown once. */
      readonly secrets: readonly {
       readonly section: string;
       readonly key: string;
       readonly secret: string;
      }[];
     };
    };
   };
  };
 };
 readonly postAdminV1ChangesIdReject: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly postAdminV1HooksHookSecret: {
  readonly parameters: {
   readonly path: {
    readonly hook: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly secret: string;
     };
    };
   };
  };
 };
 readonly postAdminV1HooksHookTest: {
  readonly parameters: {
   readonly path: {
    readonly hook: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** @enum {string} */
      readonly outcome: "allowed" | "refused" | "failed";
      /** @description The sentence of a refusal, or why it failed. */
      readonly reason: string | null;
     };
    };
   };
  };
 };
 readonly getAdminV1MailMessages: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
    readonly failed?: boolean;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly messages: readonly {
       /** Format: uuid */
       readonly id: string;
       /** @enum {string} */
       readonly channel: "email" | "sms";
       readonly template: string;
       readonly language: string;
       readonly recipient: string;
       /** @enum {string} */
       readonly status: "waiting" | "sent" | "given-up";
       readonly attempts: number;
       /** Format: date-time */
       readonly created_at: string;
       /** Format: date-time */
       readonly due_at: string;
       /** Format: date-time */
       readonly expires_at: string;
       readonly sent_at: string | null;
       readonly gave_up_at: string | null;
       readonly last_error: string | null;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly getAdminV1MailMessagesId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      /** @enum {string} */
      readonly channel: "email" | "sms";
      readonly template: string;
      readonly language: string;
      readonly recipient: string;
      /** @enum {string} */
      readonly status: "waiting" | "sent" | "given-up";
      readonly attempts: number;
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly due_at: string;
      /** Format: date-time */
      readonly expires_at: string;
      readonly sent_at: string | null;
      readonly gave_up_at: string | null;
      readonly last_error: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1MailMessagesIdRetry: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
     };
    };
   };
  };
 };
 readonly postAdminV1MailTests: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description An e-mail address, or a telephone number such as +41791234567. */
     readonly to: string;
     /**
      * @default en
      * @enum {string}
      */
     readonly language?: "en" | "de" | "fr" | "es" | "pt" | "ja" | "ar" | "sw";
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 202: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
     };
    };
   };
  };
 };
 readonly getAdminV1Organizations: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
    readonly prefix?: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly organizations: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly slug: string;
       readonly name: string;
       /** @enum {string} */
       readonly status: "active" | "suspended";
       /** Format: date-time */
       readonly created_at: string;
       /** Format: date-time */
       readonly updated_at: string;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1Organizations: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description Lower-case letters, digits and hyphens, at most 63; not in the form of an id. */
     readonly slug: string;
     readonly name: string;
     /**
      * Format: uuid
      * @description A person of the tenant who becomes its first owner.
      */
     readonly owner_id?: string;
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly slug: string;
      readonly name: string;
      /** @enum {string} */
      readonly status: "active" | "suspended";
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
     };
    };
   };
  };
 };
 readonly getAdminV1OrganizationsId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly slug: string;
      readonly name: string;
      /** @enum {string} */
      readonly status: "active" | "suspended";
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
     };
    };
   };
  };
 };
 readonly deleteAdminV1OrganizationsId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly patchAdminV1OrganizationsId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description Lower-case letters, digits and hyphens, at most 63; not in the form of an id. */
     readonly slug?: string;
     readonly name?: string;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly slug: string;
      readonly name: string;
      /** @enum {string} */
      readonly status: "active" | "suspended";
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
     };
    };
   };
  };
 };
 readonly postAdminV1OrganizationsIdSuspend: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly slug: string;
      readonly name: string;
      /** @enum {string} */
      readonly status: "active" | "suspended";
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
     };
    };
   };
  };
 };
 readonly postAdminV1OrganizationsIdResume: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly slug: string;
      readonly name: string;
      /** @enum {string} */
      readonly status: "active" | "suspended";
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly updated_at: string;
     };
    };
   };
  };
 };
 readonly getAdminV1OrganizationsIdMembers: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly members: readonly {
       /** Format: uuid */
       readonly id: string;
       /** @description The id of the account API. */
       readonly number: number;
       readonly username: string | null;
       readonly email: string | null;
       readonly roles: readonly string[];
       /** Format: date-time */
       readonly joined_at: string;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1OrganizationsIdMembers: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** Format: uuid */
     readonly user_id: string;
     readonly roles?: readonly string[];
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      /** @description The id of the account API. */
      readonly number: number;
      readonly username: string | null;
      readonly email: string | null;
      readonly roles: readonly string[];
      /** Format: date-time */
      readonly joined_at: string;
     };
    };
   };
  };
 };
 readonly putAdminV1OrganizationsIdMembersUserIdRoles: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly userId: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly roles: readonly string[];
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      /** @description The id of the account API. */
      readonly number: number;
      readonly username: string | null;
      readonly email: string | null;
      readonly roles: readonly string[];
      /** Format: date-time */
      readonly joined_at: string;
     };
    };
   };
  };
 };
 readonly deleteAdminV1OrganizationsIdMembersUserId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly userId: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getAdminV1OrganizationsIdInvitations: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly invitations: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly email: string;
       readonly roles: readonly string[];
       /** @enum {string} */
       readonly status: "pending" | "accepted" | "revoked" | "expired";
       /** Format: date-time */
       readonly created_at: string;
       /** Format: date-time */
       readonly sent_at: string;
       /** Format: date-time */
       readonly expires_at: string;
       readonly user_id: string | null;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1OrganizationsIdInvitations: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly email: string;
     readonly roles?: readonly string[];
     /**
      * @description Of the mail; English where absent.
      * @enum {string}
      */
     readonly language?: "en" | "de" | "fr" | "es" | "pt" | "ja" | "ar" | "sw";
     /** @description How long it is good; 7 where absent. */
     readonly days?: number;
     /** @description Answer with a link and its QR code as well. */
     readonly with_link?: boolean;
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly email: string;
      readonly roles: readonly string[];
      /** @enum {string} */
      readonly status: "pending" | "accepted" | "revoked" | "expired";
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly sent_at: string;
      /** Format: date-time */
      readonly expires_at: string;
      readonly user_id: string | null;
      readonly link: string | null;
      readonly qr: string | null;
     };
    };
   };
  };
 };
 readonly postAdminV1OrganizationsIdInvitationsBulk: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description Addresses by line, comma or semicolon, or CSV whose first line names the columns email and roles; at most 200. */
     readonly list: string;
     readonly roles?: readonly string[];
     /**
      * @description Of the mail; English where absent.
      * @enum {string}
      */
     readonly language?: "en" | "de" | "fr" | "es" | "pt" | "ja" | "ar" | "sw";
     /** @description How long it is good; 7 where absent. */
     readonly days?: number;
     /** @description Only say what is recognised; nobody is invited. */
     readonly dry_run?: boolean;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly invited: number;
      readonly results: readonly {
       readonly line: number;
       /** @description What stands there. */
       readonly email: string;
       /** @enum {string} */
       readonly outcome: "recognised" | "invited" | "not-an-address" | "twice-in-the-list" | "member-already" | "invited-already" | "unknown-role" | "more-than-held";
       readonly invitation_id: string | null;
      }[];
     };
    };
   };
  };
 };
 readonly postAdminV1OrganizationsIdInvitationsInvitationIdResend: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly invitationId: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description Answer with a link and its QR code as well. */
     readonly with_link?: boolean;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly email: string;
      readonly roles: readonly string[];
      /** @enum {string} */
      readonly status: "pending" | "accepted" | "revoked" | "expired";
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly sent_at: string;
      /** Format: date-time */
      readonly expires_at: string;
      readonly user_id: string | null;
      readonly link: string | null;
      readonly qr: string | null;
     };
    };
   };
  };
 };
 readonly deleteAdminV1OrganizationsIdInvitationsInvitationId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly invitationId: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getAdminV1OrganizationsIdDomains: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly domains: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly domain: string;
       /**
        * @description What people with a proved address of the domain meet: nothing, an offer to join, or membership at their next sign-in.
        * @enum {string}
        */
       readonly joining: "off" | "ask" | "automatic";
       /** @description Of whoever joins. */
       readonly roles: readonly string[];
       readonly verified_at: string | null;
       readonly checked_at: string | null;
       readonly missing_since: string | null;
       /** @description What has to stand in the domain name system, and to stay there. */
       readonly record: {
        /** @constant */
        readonly type: "TXT";
        readonly name: string;
        readonly value: string;
       };
      }[];
     };
    };
   };
  };
 };
 readonly postAdminV1OrganizationsIdDomains: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly domain: string;
     /**
      * @description What people with a proved address of the domain meet: nothing, an offer to join, or membership at their next sign-in.
      * @enum {string}
      */
     readonly joining?: "off" | "ask" | "automatic";
     readonly roles?: readonly string[];
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly domain: string;
      /**
       * @description What people with a proved address of the domain meet: nothing, an offer to join, or membership at their next sign-in.
       * @enum {string}
       */
      readonly joining: "off" | "ask" | "automatic";
      /** @description Of whoever joins. */
      readonly roles: readonly string[];
      readonly verified_at: string | null;
      readonly checked_at: string | null;
      readonly missing_since: string | null;
      /** @description What has to stand in the domain name system, and to stay there. */
      readonly record: {
       /** @constant */
       readonly type: "TXT";
       readonly name: string;
       readonly value: string;
      };
     };
    };
   };
  };
 };
 readonly postAdminV1OrganizationsIdDomainsDomainIdVerify: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly domainId: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly domain: string;
      /**
       * @description What people with a proved address of the domain meet: nothing, an offer to join, or membership at their next sign-in.
       * @enum {string}
       */
      readonly joining: "off" | "ask" | "automatic";
      /** @description Of whoever joins. */
      readonly roles: readonly string[];
      readonly verified_at: string | null;
      readonly checked_at: string | null;
      readonly missing_since: string | null;
      /** @description What has to stand in the domain name system, and to stay there. */
      readonly record: {
       /** @constant */
       readonly type: "TXT";
       readonly name: string;
       readonly value: string;
      };
     };
    };
   };
  };
 };
 readonly deleteAdminV1OrganizationsIdDomainsDomainId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly domainId: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly patchAdminV1OrganizationsIdDomainsDomainId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly domainId: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /**
      * @description What people with a proved address of the domain meet: nothing, an offer to join, or membership at their next sign-in.
      * @enum {string}
      */
     readonly joining?: "off" | "ask" | "automatic";
     readonly roles?: readonly string[];
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly domain: string;
      /**
       * @description What people with a proved address of the domain meet: nothing, an offer to join, or membership at their next sign-in.
       * @enum {string}
       */
      readonly joining: "off" | "ask" | "automatic";
      /** @description Of whoever joins. */
      readonly roles: readonly string[];
      readonly verified_at: string | null;
      readonly checked_at: string | null;
      readonly missing_since: string | null;
      /** @description What has to stand in the domain name system, and to stay there. */
      readonly record: {
       /** @constant */
       readonly type: "TXT";
       readonly name: string;
       readonly value: string;
      };
     };
    };
   };
  };
 };
 readonly getAdminV1OrganizationsIdPolicy: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /**
       * @description required: nobody gets in without a second factor. off: as the tenant has it.
       * @enum {string}
       */
      readonly second_factor: "off" | "required";
      /** @description How long ago the sign-in may be; null for as long as the session lasts. */
      readonly session_seconds: number | null;
      /** @description The methods that count, of those that the tenant offers; null for all of them. */
      readonly methods: readonly ("password" | "passkey" | "totp" | "recovery-code" | "email-code" | "sms-code")[] | null;
      /** @description 0 where nothing was decided. */
      readonly version: number;
      /** @description The methods that the tenant offers now, of which a policy can name some. */
      readonly tenant_methods: readonly string[];
     };
    };
   };
  };
 };
 readonly putAdminV1OrganizationsIdPolicy: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /**
      * @description required: nobody gets in without a second factor. off: as the tenant has it.
      * @enum {string}
      */
     readonly second_factor: "off" | "required";
     /** @description How long ago the sign-in may be; null for as long as the session lasts. */
     readonly session_seconds: number | null;
     /** @description The methods that count, of those that the tenant offers; null for all of them. */
     readonly methods: readonly ("password" | "passkey" | "totp" | "recovery-code" | "email-code" | "sms-code")[] | null;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /**
       * @description required: nobody gets in without a second factor. off: as the tenant has it.
       * @enum {string}
       */
      readonly second_factor: "off" | "required";
      /** @description How long ago the sign-in may be; null for as long as the session lasts. */
      readonly session_seconds: number | null;
      /** @description The methods that count, of those that the tenant offers; null for all of them. */
      readonly methods: readonly ("password" | "passkey" | "totp" | "recovery-code" | "email-code" | "sms-code")[] | null;
      /** @description 0 where nothing was decided. */
      readonly version: number;
      /** @description The methods that the tenant offers now, of which a policy can name some. */
      readonly tenant_methods: readonly string[];
     };
    };
   };
  };
 };
 readonly getAdminV1OrganizationsIdBranding: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly display_name: string | null;
      readonly accent: string | null;
      /** @description "plain", "gradient", a colour, or {"light": ..., "dark": ...}. */
      readonly background: string | {
       readonly light: string;
       readonly dark: string;
      } | null;
      /** @description It is uploaded by itself. Null takes it away; otherwise it is the present one. */
      readonly logo: {
       readonly hash: string;
       /** @enum {string} */
       readonly media_type: "image/png" | "image/jpeg" | "image/webp";
       /** @description Where the picture is; not looked at in a request. */
       readonly url?: string;
      } | null;
      /** @description 0 where nothing was decided. */
      readonly version: number;
     };
    };
   };
  };
 };
 readonly putAdminV1OrganizationsIdBranding: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly display_name: string | null;
     readonly accent: string | null;
     /** @description "plain", "gradient", a colour, or {"light": ..., "dark": ...}. */
     readonly background: string | {
      readonly light: string;
      readonly dark: string;
     } | null;
     /** @description It is uploaded by itself. Null takes it away; otherwise it is the present one. */
     readonly logo: {
      readonly hash: string;
      /** @enum {string} */
      readonly media_type: "image/png" | "image/jpeg" | "image/webp";
      /** @description Where the picture is; not looked at in a request. */
      readonly url?: string;
     } | null;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly display_name: string | null;
      readonly accent: string | null;
      /** @description "plain", "gradient", a colour, or {"light": ..., "dark": ...}. */
      readonly background: string | {
       readonly light: string;
       readonly dark: string;
      } | null;
      /** @description It is uploaded by itself. Null takes it away; otherwise it is the present one. */
      readonly logo: {
       readonly hash: string;
       /** @enum {string} */
       readonly media_type: "image/png" | "image/jpeg" | "image/webp";
       /** @description Where the picture is; not looked at in a request. */
       readonly url?: string;
      } | null;
      /** @description 0 where nothing was decided. */
      readonly version: number;
     };
    };
   };
  };
 };
 readonly putAdminV1OrganizationsIdBrandingLogo: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "image/png": string;
    readonly "image/jpeg": string;
    readonly "image/webp": string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly display_name: string | null;
      readonly accent: string | null;
      /** @description "plain", "gradient", a colour, or {"light": ..., "dark": ...}. */
      readonly background: string | {
       readonly light: string;
       readonly dark: string;
      } | null;
      /** @description It is uploaded by itself. Null takes it away; otherwise it is the present one. */
      readonly logo: {
       readonly hash: string;
       /** @enum {string} */
       readonly media_type: "image/png" | "image/jpeg" | "image/webp";
       /** @description Where the picture is; not looked at in a request. */
       readonly url?: string;
      } | null;
      /** @description 0 where nothing was decided. */
      readonly version: number;
     };
    };
   };
  };
 };
 readonly getOrganizationsV1IdMembers: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly members: readonly {
       /** Format: uuid */
       readonly id: string;
       /** @description The id of the account API. */
       readonly number: number;
       readonly username: string | null;
       readonly email: string | null;
       readonly roles: readonly string[];
       /** Format: date-time */
       readonly joined_at: string;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly putOrganizationsV1IdMembersUserIdRoles: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly userId: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly roles: readonly string[];
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      /** @description The id of the account API. */
      readonly number: number;
      readonly username: string | null;
      readonly email: string | null;
      readonly roles: readonly string[];
      /** Format: date-time */
      readonly joined_at: string;
     };
    };
   };
  };
 };
 readonly deleteOrganizationsV1IdMembersUserId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly userId: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getOrganizationsV1IdInvitations: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly invitations: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly email: string;
       readonly roles: readonly string[];
       /** @enum {string} */
       readonly status: "pending" | "accepted" | "revoked" | "expired";
       /** Format: date-time */
       readonly created_at: string;
       /** Format: date-time */
       readonly sent_at: string;
       /** Format: date-time */
       readonly expires_at: string;
       readonly user_id: string | null;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly postOrganizationsV1IdInvitations: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly email: string;
     readonly roles?: readonly string[];
     /**
      * @description Of the mail; English where absent.
      * @enum {string}
      */
     readonly language?: "en" | "de" | "fr" | "es" | "pt" | "ja" | "ar" | "sw";
     /** @description How long it is good; 7 where absent. */
     readonly days?: number;
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly email: string;
      readonly roles: readonly string[];
      /** @enum {string} */
      readonly status: "pending" | "accepted" | "revoked" | "expired";
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly sent_at: string;
      /** Format: date-time */
      readonly expires_at: string;
      readonly user_id: string | null;
      readonly link: string | null;
      readonly qr: string | null;
     };
    };
   };
  };
 };
 readonly postOrganizationsV1IdInvitationsBulk: {
  readonly parameters: {
   readonly header?: {
    /** @description A retry with the same key and body gets the answer of the first request, for a day. */
    readonly "Idempotency-Key"?: string;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /** @description Addresses by line, comma or semicolon, or CSV whose first line names the columns email and roles; at most 200. */
     readonly list: string;
     readonly roles?: readonly string[];
     /**
      * @description Of the mail; English where absent.
      * @enum {string}
      */
     readonly language?: "en" | "de" | "fr" | "es" | "pt" | "ja" | "ar" | "sw";
     /** @description How long it is good; 7 where absent. */
     readonly days?: number;
     /** @description Only say what is recognised; nobody is invited. */
     readonly dry_run?: boolean;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly invited: number;
      readonly results: readonly {
       readonly line: number;
       /** @description What stands there. */
       readonly email: string;
       /** @enum {string} */
       readonly outcome: "recognised" | "invited" | "not-an-address" | "twice-in-the-list" | "member-already" | "invited-already" | "unknown-role" | "more-than-held";
       readonly invitation_id: string | null;
      }[];
     };
    };
   };
  };
 };
 readonly postOrganizationsV1IdInvitationsInvitationIdResend: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly invitationId: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": Record<string, unknown>;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly email: string;
      readonly roles: readonly string[];
      /** @enum {string} */
      readonly status: "pending" | "accepted" | "revoked" | "expired";
      /** Format: date-time */
      readonly created_at: string;
      /** Format: date-time */
      readonly sent_at: string;
      /** Format: date-time */
      readonly expires_at: string;
      readonly user_id: string | null;
      readonly link: string | null;
      readonly qr: string | null;
     };
    };
   };
  };
 };
 readonly deleteOrganizationsV1IdInvitationsInvitationId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly invitationId: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getOrganizationsV1IdDomains: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly domains: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly domain: string;
       /**
        * @description What people with a proved address of the domain meet: nothing, an offer to join, or membership at their next sign-in.
        * @enum {string}
        */
       readonly joining: "off" | "ask" | "automatic";
       /** @description Of whoever joins. */
       readonly roles: readonly string[];
       readonly verified_at: string | null;
       readonly checked_at: string | null;
       readonly missing_since: string | null;
       /** @description What has to stand in the domain name system, and to stay there. */
       readonly record: {
        /** @constant */
        readonly type: "TXT";
        readonly name: string;
        readonly value: string;
       };
      }[];
     };
    };
   };
  };
 };
 readonly postOrganizationsV1IdDomains: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly domain: string;
     /**
      * @description What people with a proved address of the domain meet: nothing, an offer to join, or membership at their next sign-in.
      * @enum {string}
      */
     readonly joining?: "off" | "ask" | "automatic";
     readonly roles?: readonly string[];
    };
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 201: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly domain: string;
      /**
       * @description What people with a proved address of the domain meet: nothing, an offer to join, or membership at their next sign-in.
       * @enum {string}
       */
      readonly joining: "off" | "ask" | "automatic";
      /** @description Of whoever joins. */
      readonly roles: readonly string[];
      readonly verified_at: string | null;
      readonly checked_at: string | null;
      readonly missing_since: string | null;
      /** @description What has to stand in the domain name system, and to stay there. */
      readonly record: {
       /** @constant */
       readonly type: "TXT";
       readonly name: string;
       readonly value: string;
      };
     };
    };
   };
  };
 };
 readonly postOrganizationsV1IdDomainsDomainIdVerify: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly domainId: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly domain: string;
      /**
       * @description What people with a proved address of the domain meet: nothing, an offer to join, or membership at their next sign-in.
       * @enum {string}
       */
      readonly joining: "off" | "ask" | "automatic";
      /** @description Of whoever joins. */
      readonly roles: readonly string[];
      readonly verified_at: string | null;
      readonly checked_at: string | null;
      readonly missing_since: string | null;
      /** @description What has to stand in the domain name system, and to stay there. */
      readonly record: {
       /** @constant */
       readonly type: "TXT";
       readonly name: string;
       readonly value: string;
      };
     };
    };
   };
  };
 };
 readonly deleteOrganizationsV1IdDomainsDomainId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly domainId: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly patchOrganizationsV1IdDomainsDomainId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
    readonly domainId: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /**
      * @description What people with a proved address of the domain meet: nothing, an offer to join, or membership at their next sign-in.
      * @enum {string}
      */
     readonly joining?: "off" | "ask" | "automatic";
     readonly roles?: readonly string[];
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly id: string;
      readonly domain: string;
      /**
       * @description What people with a proved address of the domain meet: nothing, an offer to join, or membership at their next sign-in.
       * @enum {string}
       */
      readonly joining: "off" | "ask" | "automatic";
      /** @description Of whoever joins. */
      readonly roles: readonly string[];
      readonly verified_at: string | null;
      readonly checked_at: string | null;
      readonly missing_since: string | null;
      /** @description What has to stand in the domain name system, and to stay there. */
      readonly record: {
       /** @constant */
       readonly type: "TXT";
       readonly name: string;
       readonly value: string;
      };
     };
    };
   };
  };
 };
 readonly getOrganizationsV1IdPolicy: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /**
       * @description required: nobody gets in without a second factor. off: as the tenant has it.
       * @enum {string}
       */
      readonly second_factor: "off" | "required";
      /** @description How long ago the sign-in may be; null for as long as the session lasts. */
      readonly session_seconds: number | null;
      /** @description The methods that count, of those that the tenant offers; null for all of them. */
      readonly methods: readonly ("password" | "passkey" | "totp" | "recovery-code" | "email-code" | "sms-code")[] | null;
      /** @description 0 where nothing was decided. */
      readonly version: number;
      /** @description The methods that the tenant offers now, of which a policy can name some. */
      readonly tenant_methods: readonly string[];
     };
    };
   };
  };
 };
 readonly putOrganizationsV1IdPolicy: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     /**
      * @description required: nobody gets in without a second factor. off: as the tenant has it.
      * @enum {string}
      */
     readonly second_factor: "off" | "required";
     /** @description How long ago the sign-in may be; null for as long as the session lasts. */
     readonly session_seconds: number | null;
     /** @description The methods that count, of those that the tenant offers; null for all of them. */
     readonly methods: readonly ("password" | "passkey" | "totp" | "recovery-code" | "email-code" | "sms-code")[] | null;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /**
       * @description required: nobody gets in without a second factor. off: as the tenant has it.
       * @enum {string}
       */
      readonly second_factor: "off" | "required";
      /** @description How long ago the sign-in may be; null for as long as the session lasts. */
      readonly session_seconds: number | null;
      /** @description The methods that count, of those that the tenant offers; null for all of them. */
      readonly methods: readonly ("password" | "passkey" | "totp" | "recovery-code" | "email-code" | "sms-code")[] | null;
      /** @description 0 where nothing was decided. */
      readonly version: number;
      /** @description The methods that the tenant offers now, of which a policy can name some. */
      readonly tenant_methods: readonly string[];
     };
    };
   };
  };
 };
 readonly getOrganizationsV1IdBranding: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly display_name: string | null;
      readonly accent: string | null;
      /** @description "plain", "gradient", a colour, or {"light": ..., "dark": ...}. */
      readonly background: string | {
       readonly light: string;
       readonly dark: string;
      } | null;
      /** @description It is uploaded by itself. Null takes it away; otherwise it is the present one. */
      readonly logo: {
       readonly hash: string;
       /** @enum {string} */
       readonly media_type: "image/png" | "image/jpeg" | "image/webp";
       /** @description Where the picture is; not looked at in a request. */
       readonly url?: string;
      } | null;
      /** @description 0 where nothing was decided. */
      readonly version: number;
     };
    };
   };
  };
 };
 readonly putOrganizationsV1IdBranding: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "application/json": {
     readonly display_name: string | null;
     readonly accent: string | null;
     /** @description "plain", "gradient", a colour, or {"light": ..., "dark": ...}. */
     readonly background: string | {
      readonly light: string;
      readonly dark: string;
     } | null;
     /** @description It is uploaded by itself. Null takes it away; otherwise it is the present one. */
     readonly logo: {
      readonly hash: string;
      /** @enum {string} */
      readonly media_type: "image/png" | "image/jpeg" | "image/webp";
      /** @description Where the picture is; not looked at in a request. */
      readonly url?: string;
     } | null;
    };
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly display_name: string | null;
      readonly accent: string | null;
      /** @description "plain", "gradient", a colour, or {"light": ..., "dark": ...}. */
      readonly background: string | {
       readonly light: string;
       readonly dark: string;
      } | null;
      /** @description It is uploaded by itself. Null takes it away; otherwise it is the present one. */
      readonly logo: {
       readonly hash: string;
       /** @enum {string} */
       readonly media_type: "image/png" | "image/jpeg" | "image/webp";
       /** @description Where the picture is; not looked at in a request. */
       readonly url?: string;
      } | null;
      /** @description 0 where nothing was decided. */
      readonly version: number;
     };
    };
   };
  };
 };
 readonly putOrganizationsV1IdBrandingLogo: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly requestBody: {
   readonly content: {
    readonly "image/png": string;
    readonly "image/jpeg": string;
    readonly "image/webp": string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly display_name: string | null;
      readonly accent: string | null;
      /** @description "plain", "gradient", a colour, or {"light": ..., "dark": ...}. */
      readonly background: string | {
       readonly light: string;
       readonly dark: string;
      } | null;
      /** @description It is uploaded by itself. Null takes it away; otherwise it is the present one. */
      readonly logo: {
       readonly hash: string;
       /** @enum {string} */
       readonly media_type: "image/png" | "image/jpeg" | "image/webp";
       /** @description Where the picture is; not looked at in a request. */
       readonly url?: string;
      } | null;
      /** @description 0 where nothing was decided. */
      readonly version: number;
     };
    };
   };
  };
 };
 readonly getOrganizationsV1IdRoles: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly roles: readonly {
       readonly id: string;
       readonly name: string;
       readonly description: string;
       readonly permissions: readonly string[];
       /** @description Built-in roles are the same in every organization and are not changed. */
       readonly built_in: boolean;
       readonly updated_at: string | null;
      }[];
      readonly permissions: readonly {
       readonly id: string;
       readonly description: string;
      }[];
     };
    };
   };
  };
 };
 readonly getOrganizationsV1IdEvents: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly events: readonly {
       /** Format: uuid */
       readonly id: string;
       /**
        * Format: date-time
        * @description With microseconds.
        */
       readonly at: string;
       readonly type: string;
       /** @description In English. */
       readonly sentence: string;
       readonly user: {
        /** Format: uuid */
        readonly id: string;
        /** @description Null for somebody who is no member now. */
        readonly name: string | null;
       } | null;
       /** @description Who did it; null where it was the person themself, the operator of this service, or nobody. */
       readonly actor: {
        /** Format: uuid */
        readonly id: string;
        /** @description Null for somebody who is no member now. */
        readonly name: string | null;
       } | null;
       /** @description Which roles, which domain and the like. */
       readonly details: {
        readonly [key: string]: unknown;
       };
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly getAccountV1Organizations: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly organizations: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly slug: string;
       readonly name: string;
       /** @enum {string} */
       readonly status: "active" | "suspended";
       readonly roles: readonly string[];
       /** @description What the person may do in it; nothing while it is suspended. */
       readonly permissions: readonly string[];
       /** Format: date-time */
       readonly joined_at: string;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly getAdminV1UsersIdOrganizations: {
  readonly parameters: {
   readonly query?: {
    readonly cursor?: string;
    readonly limit?: number;
   };
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly organizations: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly slug: string;
       readonly name: string;
       /** @enum {string} */
       readonly status: "active" | "suspended";
       readonly roles: readonly string[];
       /** @description What the person may do in it; nothing while it is suspended. */
       readonly permissions: readonly string[];
       /** Format: date-time */
       readonly joined_at: string;
      }[];
      /** @description The cursor of the next page; null on the last. */
      readonly next: string | null;
     };
    };
   };
  };
 };
 readonly deleteAccountV1OrganizationsId: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
 readonly getAccountV1OrganizationInvitations: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly invitations: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly organization: {
        /** Format: uuid */
        readonly id: string;
        readonly slug: string;
        readonly name: string;
       };
       readonly roles: readonly string[];
       /** Format: date-time */
       readonly expires_at: string;
      }[];
     };
    };
   };
  };
 };
 readonly postAccountV1OrganizationInvitationsIdAccept: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      /** Format: uuid */
      readonly organization_id: string;
     };
    };
   };
  };
 };
 readonly getAccountV1OrganizationOffers: {
  readonly responses: {
   /** @description Success */
   readonly 200: {
    content: {
     readonly "application/json": {
      readonly organizations: readonly {
       /** Format: uuid */
       readonly id: string;
       readonly slug: string;
       readonly name: string;
       readonly domain: string;
      }[];
     };
    };
   };
  };
 };
 readonly postAccountV1OrganizationOffersIdJoin: {
  readonly parameters: {
   readonly path: {
    readonly id: string;
   };
  };
  readonly responses: {
   /** @description Answer */
   readonly 204: {
   };
  };
 };
}
