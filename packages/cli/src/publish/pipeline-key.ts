import { ApiError, createClient } from '@plexica/api'
import { failureOfApi } from '../api-failure.ts'
import type { Context } from '../context.ts'
import { Failure, failure } from '../failure.ts'
import type { Setting, Settings } from '../settings.ts'

type Env = Context['env']

/**
 * Settings with a key: of a pipeline that has none, the one of minutes that the registry gives for the pipeline's own
 * token (OpenID Connect). Without either the settings stay as they are.
 */
export async function withPipelineKey(settings: Settings, context: Context, answerTime: number): Promise<Settings> {
  if (settings.apiKey) return settings
  const url = settings.apiUrl.value
  const token = await findToken(context, url, answerTime)
  if (token === undefined) {
    const fix = fixOf(context.env)
    if (fix === undefined) return settings
    throw failure('key_missing', `There is no key for ${url}, and the job has no token of its own.`, { fix })
  }
  const key = await exchange(token.value, url, context, answerTime)
  return { ...settings, apiKey: { ...token, value: key } }
}

function fixOf(env: Env): string | undefined {
  if (env.GITHUB_ACTIONS === 'true') {
    return 'Give the job `permissions: { id-token: write }` and have an owner trust the pipeline, or set PLEXICA_API_KEY from a secret.'
  }
  if (env.GITLAB_CI === 'true') {
    return 'Give the job `id_tokens: { PLEXICA_ID_TOKEN: { aud: … } }` and have an owner trust the pipeline, or set PLEXICA_API_KEY.'
  }
  return undefined
}

async function findToken(context: Context, audience: string, answerTime: number): Promise<Setting<string> | undefined> {
  const { env } = context
  const given = env.PLEXICA_ID_TOKEN?.trim()
  if (given) return { value: given, from: 'environment', where: 'PLEXICA_ID_TOKEN' }
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret } = env
  if (!url || !secret) return undefined
  const value = await askGitHub({ url, secret, audience, answerTime, signal: context.signal })
  return { value, from: 'environment', where: 'the token of this pipeline' }
}

/** https://docs.github.com/en/actions/reference/security/oidc: the job's own token, for one audience. */
async function askGitHub(ask: {
  url: string
  secret: string
  audience: string
  answerTime: number
  signal: AbortSignal
}): Promise<string> {
  const address = URL.parse(ask.url)
  if (address === null) throw noToken('ACTIONS_ID_TOKEN_REQUEST_URL is no address.')
  address.searchParams.set('audience', ask.audience)
  try {
    const response = await fetch(address, {
      headers: { authorization: `Bearer ${ask.secret}`, accept: 'application/json' },
      signal: AbortSignal.any([ask.signal, AbortSignal.timeout(ask.answerTime)]),
    })
    if (!response.ok) throw noToken(`GitHub gave no token for this job: status ${response.status}.`)
    const answer: unknown = await response.json()
    if (typeof answer === 'object' && answer !== null && 'value' in answer && typeof answer.value === 'string') {
      return answer.value
    }
    throw noToken('GitHub’s answer has no token for this job.')
  } catch (error) {
    ask.signal.throwIfAborted()
    throw error instanceof Failure ? error : noToken('GitHub’s token for this job cannot be reached.', error)
  }
}

function noToken(message: string, cause?: unknown): Failure {
  return failure('pipeline_token_missing', message, { cause })
}

async function exchange(token: string, url: string, { signal }: Context, answerTime: number): Promise<string> {
  try {
    const { key } = await createClient({ url, timeout: answerTime }).exchangeToken({ body: { token }, signal })
    return key
  } catch (error) {
    const found = error instanceof ApiError ? failureOfApi(error) : undefined
    if (!found) throw error
    const { code, exit, cause, findings } = found
    const message = `${found.message} ${claimsText(token, url)}`.trim()
    throw new Failure({ code, exit, cause, findings, message, fix: fixes[code] ?? found.fix })
  }
}

const fixes: Readonly<Record<string, string>> = {
  token_invalid:
    'The token’s audience has to be the registry’s own address, and the registry’s operator has to allow its issuer (PLEXICA_OIDC_ISSUERS).',
}

/** What trust is decided by. None of it is a secret; the token itself is. */
const told = [
  'iss',
  'aud',
  'repository',
  'repository_id',
  'project_path',
  'project_id',
  'ref',
  'ref_type',
  'environment',
]

function claimsText(token: string, url: string): string {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    if (typeof claims !== 'object' || claims === null) return ''
    const named = Object.entries(claims).filter(([name]) => told.includes(name))
    const words = named.map(([name, value]) => `${name}=${String(value).slice(0, 200)}`)
    return words.length === 0 ? '' : `It was sent to ${url} and says ${words.join(', ')}.`
  } catch {
    return `It was sent to ${url} and is no JSON Web Token.`
  }
}
