import { type Finding, findingsOf, type RuleTable } from '@plexica/manifest-schema/validate'
import { createLineCounter } from './excerpt.ts'
import { findSecrets } from './secret-shapes.ts'

const revoke =
  'Revoke it now, since it has left your machine; then remove it and let the tenant fill it in as a `secret` of the configuration.'

/** Secrets that stand in the files of a package, where everybody who loads the plugin can read them. */
export const secretRules = {
  'secret-github-token': {
    severity: 'error',
    summary: 'A token of GitHub, known by its prefix and checksum.',
    fix: revoke,
  },
  'secret-gitlab-token': { severity: 'error', summary: 'A personal access token of GitLab.', fix: revoke },
  'secret-npm-token': { severity: 'error', summary: 'An access token of npm.', fix: revoke },
  'secret-aws-key': { severity: 'error', summary: 'An access key of AWS together with its secret.', fix: revoke },
  'secret-aws-key-id': {
    severity: 'warning',
    summary: 'The id of an access key of AWS, without its secret in sight.',
    fix: 'Remove it, and make sure that the secret of the key is nowhere in the package.',
  },
  'secret-azure-key': { severity: 'error', summary: 'The account key of an Azure storage account.', fix: revoke },
  'secret-google-key': {
    severity: 'warning',
    summary: 'An API key of Google. Some are made for pages, when they are restricted to a site.',
    fix: 'Let each tenant fill in a key of its own, or restrict this one to what it is for.',
  },
  'secret-slack-token': { severity: 'error', summary: 'A token of Slack.', fix: revoke },
  'secret-stripe-key': { severity: 'error', summary: 'A live secret key of Stripe: it moves money.', fix: revoke },
  'secret-sendgrid-key': { severity: 'error', summary: 'An API key of SendGrid.', fix: revoke },
  'secret-twilio-key': {
    severity: 'warning',
    summary: 'The id of an API key of Twilio, whose secret has no shape of its own and may stand nearby.',
    fix: 'Remove it together with its secret; let the tenant fill both in.',
  },
  'secret-model-key': { severity: 'error', summary: 'An API key of a language model provider (`sk-…`).', fix: revoke },
  'secret-digitalocean-token': { severity: 'error', summary: 'A token of DigitalOcean.', fix: revoke },
  'secret-plexica-key': { severity: 'error', summary: 'An API key of a Plexica registry.', fix: revoke },
  'secret-private-key': {
    severity: 'error',
    summary: 'A private key in PEM form (RFC 7468), with its content.',
    fix: revoke,
  },
  'secret-jwt': {
    severity: 'warning',
    summary: 'A JSON Web Token (RFC 7519) that names somebody or something. A few are made to be public.',
    fix: 'Ask for a token at run time; when this one is meant to be public, tell the reviewer.',
  },
  'secret-env-file': {
    severity: 'error',
    summary: 'A file like `.env` holds the settings of a machine, which often are secrets.',
    fix: 'Leave the file out of the package; an example without values may be named `.env.example`.',
  },
} as const satisfies RuleTable

export type SecretRule = keyof typeof secretRules

const finding = findingsOf(secretRules)
const envFile = /(?:^|\/)\.env(?:\.(?!example$|sample$|template$|defaults$)[^/]*)?$/
/** After so many in one text, the rest says nothing new. */
const maxFindings = 20

/** Finds secrets by the shapes that their providers gave them. A finding shows four characters of a secret, no more. */
export function scanText({ path, text }: { path: string; text: string }): Finding[] {
  const lineOf = createLineCounter(text)
  const found = findSecrets(text, maxFindings).map(({ rule, name, start, at }) =>
    finding(rule, `${name} stands in the file: \`${start}…\`.`, { path, line: lineOf(at) }),
  )
  return envFile.test(path)
    ? [finding('secret-env-file', 'The package holds an environment file.', { path }), ...found]
    : found
}
