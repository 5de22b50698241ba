import { Finding } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'

interface ErrorRow {
  readonly status: number
  /** The default sentence; a handler may give a more exact one. */
  readonly sentence: string
  /** What to do next. */
  readonly fix: string
}

/** Every error that the registry can answer with. Clients match the code, never the sentence. */
export const errors = {
  request_invalid: {
    status: 400,
    sentence: 'The request does not have the form that this route takes.',
    fix: 'Correct the fields named in the findings; the API reference shows the form.',
  },
  body_incomplete: {
    status: 400,
    sentence: 'The body ended before its announced length.',
    fix: 'Send the package again; nothing was stored.',
  },
  digest_mismatch: {
    status: 400,
    sentence: 'The package that arrived is not the one that was announced.',
    fix: 'Send the package again; if it happens twice, something between you and the registry changes the bytes.',
  },
  key_missing: {
    status: 401,
    sentence: 'This needs a key.',
    fix: 'Send `Authorization: Bearer plx_…`; in the command line run `plexica login` or set PLEXICA_API_KEY.',
  },
  key_invalid: {
    status: 401,
    sentence: 'The key is not a valid Plexica key.',
    fix: 'Check that it was copied whole, or ask a super-admin for a new one.',
  },
  key_expired: { status: 401, sentence: 'The key has expired.', fix: 'Ask a super-admin for a new key.' },
  token_invalid: {
    status: 401,
    sentence: 'The token cannot be accepted.',
    fix: 'Get a new token from the issuer that this registry trusts, for this registry as its audience.',
  },
  token_expired: { status: 401, sentence: 'The token has expired.', fix: 'Get a new token from its issuer.' },
  token_used: {
    status: 401,
    sentence: 'The token has been exchanged for a key already.',
    fix: 'Get a new token from the pipeline’s provider for each exchange.',
  },
  key_revoked: { status: 401, sentence: 'The key has been revoked.', fix: 'Ask a super-admin for a new key.' },
  not_allowed: {
    status: 403,
    sentence: 'This key may not do that.',
    fix: 'Use a key with the role named in the sentence.',
  },
  cross_site_refused: {
    status: 403,
    sentence: 'The request comes from another site than the session.',
    fix: 'Send it from the registry’s own pages, or with a key in the Authorization header.',
  },
  key_scope: {
    status: 403,
    sentence: 'This key was narrowed and does not reach that far.',
    fix: 'Use a key with the permission and the plugin named in the sentence.',
  },
  not_trusted: {
    status: 403,
    sentence: 'No plugin trusts this pipeline.',
    fix: 'Ask an owner of the plugin to register the pipeline as a trusted publisher; every claim has to match.',
  },
  not_owner: {
    status: 403,
    sentence: 'The plugin belongs to somebody else.',
    fix: 'Choose another id, or ask an owner to add you.',
  },
  address_invalid: {
    status: 403,
    sentence: 'This registry has not signed this address.',
    fix: 'Use the addresses of the installation as they are.',
  },
  address_expired: {
    status: 403,
    sentence: 'The address of a private plugin’s file has expired.',
    fix: 'Ask for the installation again; it has new addresses.',
  },
  own_plugin: {
    status: 403,
    sentence: 'Owners neither rate their plugin nor vote on its ratings.',
    fix: 'Reply to the ratings instead.',
  },
  own_rating: {
    status: 403,
    sentence: 'This is your own rating.',
    fix: 'Edit or delete it instead.',
  },
  route_not_found: {
    status: 404,
    sentence: 'There is nothing at this address.',
    fix: 'See /api/openapi.json for the routes.',
  },
  plugin_not_found: { status: 404, sentence: 'There is no such plugin.', fix: 'Check the id, or search for it.' },
  version_not_found: {
    status: 404,
    sentence: 'The plugin has no such version.',
    fix: 'List its versions to see which there are.',
  },
  file_not_found: {
    status: 404,
    sentence: 'The version has no such file.',
    fix: 'The version’s metadata lists its files.',
  },
  submission_not_found: {
    status: 404,
    sentence: 'There is no such submission.',
    fix: 'List the queue to see the ids.',
  },
  point_not_found: {
    status: 404,
    sentence: 'The rejection before this submission has no such point.',
    fix: 'Look at the submission to see the points and their ids.',
  },
  rating_not_found: {
    status: 404,
    sentence: 'There is no such rating.',
    fix: 'List the plugin’s ratings to see the ids.',
  },
  tenant_not_found: { status: 404, sentence: 'There is no such tenant.', fix: 'Check the tenant’s id.' },
  installation_not_found: {
    status: 404,
    sentence: 'The tenant does not have this plugin installed.',
    fix: 'Install it first.',
  },
  owner_not_found: {
    status: 404,
    sentence: 'The plugin has no such owner.',
    fix: 'List its owners to see who they are.',
  },
  channel_not_found: {
    status: 404,
    sentence: 'The plugin has no such channel that was set.',
    fix: 'Look at the plugin’s channels; one that follows what is published cannot be removed.',
  },
  frame_unavailable: {
    status: 404,
    sentence: 'The registry runs without its pages, so that plugins cannot run in frames of their own.',
    fix: 'The operator builds the pages and starts the registry again.',
  },
  webhook_not_found: { status: 404, sentence: 'There is no such webhook.', fix: 'List the webhooks to see the ids.' },
  delivery_not_found: {
    status: 404,
    sentence: 'The webhook has no such delivery.',
    fix: 'List its deliveries to see the ids; old ones are deleted.',
  },
  notification_not_found: {
    status: 404,
    sentence: 'You have no such notification.',
    fix: 'List your notifications to see the ids; read ones are deleted after a while.',
  },
  key_not_found: { status: 404, sentence: 'There is no such key.', fix: 'List the keys to see the ids.' },
  method_not_allowed: {
    status: 405,
    sentence: 'This address does not take that method.',
    fix: 'Use a method from the Allow header.',
  },
  id_looks_taken: {
    status: 409,
    sentence: 'Another plugin has an id that people would take for this one.',
    fix: 'Choose an id that differs by more than hyphens and characters that look alike.',
  },
  version_in_use: {
    status: 409,
    sentence: 'Tenants have this version installed.',
    fix: 'Yank it, so that nobody new gets it; delete it when no tenant runs it any more.',
  },
  plugin_in_use: {
    status: 409,
    sentence: 'Tenants have this plugin installed.',
    fix: 'Yank its versions, so that nobody new gets them; delete it when no tenant has it any more.',
  },
  tenants_not_granted: {
    status: 409,
    sentence: 'Tenants have the plugin installed that it would not be granted to.',
    fix: 'Name them among `tenants` too, or have them uninstall it first; for super-admins the findings name them.',
  },
  visibility_conflict: {
    status: 409,
    sentence: 'The plugin is there already, with another visibility.',
    fix: 'Publish without `visibility`; PUT /api/plugins/:pluginId changes it.',
  },
  last_owner: {
    status: 409,
    sentence: 'A plugin cannot be without an owner.',
    fix: 'Add another owner first.',
  },
  too_many_owners: {
    status: 409,
    sentence: 'The plugin has as many owners as it may have.',
    fix: 'Remove one of them first.',
  },
  too_many_channels: {
    status: 409,
    sentence: 'The plugin has as many channels as it may have.',
    fix: 'Use one of its channels, or remove one first.',
  },
  too_many_webhooks: {
    status: 409,
    sentence: 'There are as many webhooks as there may be.',
    fix: 'Change one of them, or delete one first.',
  },
  prerelease_latest: {
    status: 409,
    sentence: 'A prerelease does not become `latest` by accident.',
    fix: 'Publish it to another channel, such as `beta`; or set `latest` with `allowPrerelease: true`.',
  },
  version_taken: {
    status: 409,
    sentence: 'This version number has been published with other bytes.',
    fix: 'Raise the version; a published number never changes.',
  },
  plugin_id_mismatch: {
    status: 409,
    sentence: 'The address and the package’s manifest name different plugins.',
    fix: 'Publish to the id that the manifest names.',
  },
  digest_changed: {
    status: 409,
    sentence: 'The version’s bytes have changed since you looked at it.',
    fix: 'Look at the submission again and decide about the new digest.',
  },
  state_conflict: {
    status: 409,
    sentence: 'The version is not in a state that allows this.',
    fix: 'Look at its current state first.',
  },
  submission_claimed: {
    status: 409,
    sentence: 'Another reviewer looks at this submission.',
    fix: 'Leave it to the reviewer named in the sentence, or claim it with `takeOver: true`.',
  },
  not_installed: {
    status: 409,
    sentence: 'Your tenant does not have this plugin installed.',
    fix: 'Install it first: only those who use a plugin rate it.',
  },
  rating_hidden: {
    status: 409,
    sentence: 'A moderator has hidden this rating.',
    fix: 'Edit it so that a moderator can show it again; only a super-admin deletes it.',
  },
  tenant_exists: { status: 409, sentence: 'There is a tenant with this id.', fix: 'Choose another id.' },
  already_installed: {
    status: 409,
    sentence: 'The tenant has this plugin installed in another version.',
    fix: 'Update it instead.',
  },
  plugin_needed: {
    status: 409,
    sentence: 'Other plugins of the tenant need this one.',
    fix: 'Uninstall or update those in the findings first, or repeat with `force=true`.',
  },
  no_previous_version: {
    status: 409,
    sentence: 'There is no update that could be undone.',
    fix: 'Update to the version that you want instead.',
  },
  previous_version_deleted: {
    status: 409,
    sentence: 'The version before was deleted.',
    fix: 'Update to another version instead.',
  },
  package_removed: {
    status: 410,
    sentence: 'The package of this version is kept no longer.',
    fix: 'Choose another version; its owners may publish the same bytes again.',
  },
  body_too_large: {
    status: 413,
    sentence: 'The body is larger than this route takes.',
    fix: 'The documentation lists the limits.',
  },
  file_too_large: {
    status: 413,
    sentence: 'The file is larger than what is shown as text.',
    fix: 'Download the version’s package to look at it.',
  },
  file_not_text: {
    status: 415,
    sentence: 'The file is not text in UTF-8.',
    fix: 'Download the version’s package to look at it.',
  },
  media_type_unsupported: {
    status: 415,
    sentence: 'The body has the wrong content type.',
    fix: 'Send packages as application/gzip and everything else as application/json.',
  },
  range_not_satisfiable: {
    status: 416,
    sentence: 'The requested range lies outside the file.',
    fix: 'Ask for a range inside the length given in Content-Range.',
  },
  package_refused: {
    status: 422,
    sentence: 'The package has errors.',
    fix: 'Mend the findings and publish again; `plexica validate` shows them without the registry.',
  },
  configuration_invalid: {
    status: 422,
    sentence: 'The configuration does not fit the plugin’s schema.',
    fix: 'Correct the fields named in the findings.',
  },
  permissions_not_granted: {
    status: 422,
    sentence: 'The plugin needs permissions that were not granted.',
    fix: 'Grant each permission named in the findings.',
  },
  hosts_not_accepted: {
    status: 422,
    sentence: 'The version contacts hosts that were not accepted.',
    fix: 'Accept each host named in the findings.',
  },
  incompatible: {
    status: 422,
    sentence: 'The version does not run on this platform.',
    fix: 'The findings say why; choose another version.',
  },
  issuer_not_allowed: {
    status: 422,
    sentence: 'This registry does not take tokens of that issuer.',
    fix: 'Choose an issuer named in the sentence; the operator sets PLEXICA_OIDC_ISSUERS.',
  },
  too_many_requests: {
    status: 429,
    sentence: 'Too many requests.',
    fix: 'Wait for the time given in Retry-After.',
  },
  internal: {
    status: 500,
    sentence: 'The registry failed; this is not your fault.',
    fix: 'Try again; if it stays, give the request id to the registry’s operator.',
  },
  package_damaged: {
    status: 500,
    sentence: 'The stored bytes are not the approved ones, so they are not served.',
    fix: 'The operator has been alarmed; the blob store has to be restored.',
  },
  issuer_unavailable: {
    status: 503,
    sentence: 'The issuer’s keys cannot be fetched, so that its tokens cannot be checked.',
    fix: 'Try again later; nothing was done.',
  },
  storage_full: {
    status: 503,
    sentence: 'The registry has no room left.',
    fix: 'Try again later; nothing was stored.',
  },
  storage_unavailable: {
    status: 503,
    sentence: 'The registry cannot reach its storage.',
    fix: 'Try again later; nothing was stored.',
  },
  private_unavailable: {
    status: 503,
    sentence: 'The registry has no key to sign the addresses of private plugins with.',
    fix: 'The operator sets PLEXICA_SECRET_KEY.',
  },
  secrets_unavailable: {
    status: 503,
    sentence: 'The registry has no key to seal secrets with.',
    fix: 'The operator sets PLEXICA_SECRET_KEY, and PLEXICA_SECRET_KEY_PREVIOUS to the keys before it.',
  },
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof errors

/** RFC 9457 problem details with a stable code, a next step and, for invalid input, all findings. */
export const Problem = Type.Object({
  type: Type.String({ description: 'Names the code; the reference documents it' }),
  title: Type.String({ description: 'The code’s default sentence' }),
  status: Type.Integer(),
  detail: Type.String({ description: 'What happened, in one sentence' }),
  code: Type.Enum(Object.keys(errors) as ErrorCode[]),
  fix: Type.String({ description: 'What to do next' }),
  requestId: Type.String(),
  findings: Type.Optional(Type.Array(Finding)),
  parts: Type.Optional(
    Type.Record(Type.String(), Type.String(), { description: 'Each part of the registry: `ok` or `down`' }),
  ),
})
export type Problem = Static<typeof Problem>
