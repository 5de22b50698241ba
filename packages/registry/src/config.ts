import {
  type PlatformTokens,
  parseClaim,
  parseHops,
  parseIssuer,
  parseIssuers,
  parseRateLimits,
  parseRoles,
} from './access-settings.ts'
import type { RateLimits } from './rate-limits/budgets.ts'
import { SettingProblem } from './setting-problem.ts'

interface Setting {
  readonly fallback: string
  readonly meaning: string
}

/** Every setting of the registry: environment variable, default and meaning. The documentation's table is made from it. */
export const settings = {
  PLEXICA_DATABASE_URL: {
    fallback: 'sqlite:./data/plexica.db',
    meaning: 'Where rows are kept: `sqlite:PATH`, or `postgres://USER:PASSWORD@HOST:PORT/DATABASE`',
  },
  PLEXICA_STORAGE_URL: {
    fallback: 'file:./data/blobs',
    meaning: 'Where packages are kept: `file:FOLDER`, or `s3://BUCKET?endpoint=URL&region=NAME`',
  },
  PLEXICA_HOST: { fallback: '127.0.0.1', meaning: 'Address to listen on' },
  PLEXICA_PORT: { fallback: '4873', meaning: 'Port to listen on; 0 takes a free one' },
  PLEXICA_PUBLIC_URL: {
    fallback: '',
    meaning: 'Address under which people reach the registry; the listening address unless set',
  },
  PLEXICA_CDN_URL: {
    fallback: '',
    meaning: 'Address of a CDN in front of `/plugins/bundles`, used wherever a bundle’s address is given',
  },
  PLEXICA_PLATFORM_FILE: { fallback: '', meaning: 'The `platform.json` that plugins run on' },
  PLEXICA_REVIEW_POLICY_FILE: {
    fallback: '',
    meaning: 'A JSON file of rules by which submissions are approved automatically; none are unless set',
  },
  PLEXICA_SECRET_KEY: {
    fallback: '',
    meaning: '32 bytes in base64 that seal the secrets in tenants’ configurations and sign private bundles’ addresses',
  },
  PLEXICA_SECRET_KEY_PREVIOUS: {
    fallback: '',
    meaning:
      'The keys before it, comma-separated: they open what they sealed until `secrets rotate` has sealed it anew',
  },
  PLEXICA_RETAIN_REJECTED_DAYS: {
    fallback: '30',
    meaning: 'Days after which a rejected version’s package is deleted; `never` keeps it',
  },
  PLEXICA_RETAIN_YANKED_DAYS: {
    fallback: 'never',
    meaning: 'Days after which the package of a yanked version that nobody uses is deleted; `never` keeps it',
  },
  PLEXICA_TRUST_PROXY: {
    fallback: '0',
    meaning: 'How many proxies stand in front of the registry and add to `X-Forwarded-For`',
  },
  PLEXICA_JWT_ISSUER: {
    fallback: '',
    meaning: 'Issuer (`iss`) of the platform’s tokens, which its people may use in place of keys',
  },
  PLEXICA_JWT_AUDIENCE: { fallback: '', meaning: 'Audience (`aud`) of those tokens; needed with an issuer' },
  PLEXICA_JWT_JWKS_URL: {
    fallback: '',
    meaning: 'Where the issuer’s keys are; unless set, what its `/.well-known/openid-configuration` says',
  },
  PLEXICA_JWT_SUBJECT_CLAIM: { fallback: 'sub', meaning: 'Claim with a person’s name; dots lead into claims' },
  PLEXICA_JWT_ROLE_CLAIM: { fallback: 'role', meaning: 'Claim with a person’s role, or a list of roles' },
  PLEXICA_JWT_TENANT_CLAIM: { fallback: 'tenant', meaning: 'Claim with the id of a person’s tenant' },
  PLEXICA_JWT_ROLES: {
    fallback: '',
    meaning: 'What the role claim says where it is not a role’s own name: `VALUE=ROLE`, with commas between',
  },
  PLEXICA_OIDC_ISSUERS: {
    fallback: '',
    meaning: 'Issuers whose pipelines may publish without a stored key, with commas between',
  },
  PLEXICA_RATE_LIMITS: {
    fallback: 'reads=1200,writes=600,publishes=300,guesses=60',
    meaning: 'Requests in a minute for each key, or for each address without one; or `off`',
  },
  PLEXICA_WEBHOOK_ALLOW_PRIVATE: {
    fallback: 'false',
    meaning: '`true` lets webhooks call addresses of private networks and of this machine',
  },
  PLEXICA_LOG_LEVEL: { fallback: 'info', meaning: '`debug`, `info`, `warn`, `error` or `silent`' },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof settings

export type DatabaseLocation =
  | { engine: 'sqlite'; path: string }
  /** The address holds a password; it is for the driver and for nothing that is shown. */
  | { engine: 'postgres'; url: string }
export type StorageLocation =
  | { kind: 'disk'; folder: string }
  | { kind: 's3'; bucket: string; endpoint: string | undefined; region: string }

export interface Config {
  readonly database: DatabaseLocation
  readonly storage: StorageLocation
  readonly host: string
  readonly port: number
  /** Without a trailing slash; undefined means the listening address. */
  readonly publicUrl: string | undefined
  /** Without a trailing slash. */
  readonly cdnUrl: string | undefined
  readonly platformFile: string | undefined
  readonly reviewPolicyFile: string | undefined
  readonly secretKey: Buffer | undefined
  /** Only for opening. */
  readonly previousSecretKeys: readonly Buffer[]
  /** Undefined: for ever. */
  readonly retainRejectedDays: number | undefined
  readonly retainYankedDays: number | undefined
  /** Proxies whose word about the caller's address is believed. */
  readonly trustProxy: number
  readonly platformTokens: PlatformTokens | undefined
  readonly pipelineIssuers: readonly string[]
  /** In a minute; undefined: none. */
  readonly rateLimits: RateLimits | undefined
  readonly webhookAllowPrivate: boolean
  readonly logLevel: string
}

/** Reads all settings at once; gives every problem, not the first. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
): { config: Config } | { problems: string[] } {
  const problems: string[] = []
  const read = <T>(name: SettingName, parse: (text: string) => T): T => {
    try {
      return parse(env[name]?.trim() || settings[name].fallback)
    } catch (error) {
      if (!(error instanceof SettingProblem)) throw error
      problems.push(`${name}: ${error.message}`)
      // Never seen: with a problem there is no configuration.
      return undefined as T
    }
  }
  const config: Config = {
    database: read('PLEXICA_DATABASE_URL', parseDatabase),
    storage: read('PLEXICA_STORAGE_URL', parseStorage),
    host: read('PLEXICA_HOST', parseHost),
    port: read('PLEXICA_PORT', parsePort),
    publicUrl: read('PLEXICA_PUBLIC_URL', parseWebUrl),
    cdnUrl: read('PLEXICA_CDN_URL', parseWebUrl),
    platformFile: read('PLEXICA_PLATFORM_FILE', (text) => text || undefined),
    reviewPolicyFile: read('PLEXICA_REVIEW_POLICY_FILE', (text) => text || undefined),
    secretKey: read('PLEXICA_SECRET_KEY', parseSecretKey),
    previousSecretKeys: read('PLEXICA_SECRET_KEY_PREVIOUS', parseSecretKeys),
    retainRejectedDays: read('PLEXICA_RETAIN_REJECTED_DAYS', parseDays),
    retainYankedDays: read('PLEXICA_RETAIN_YANKED_DAYS', parseDays),
    trustProxy: read('PLEXICA_TRUST_PROXY', parseHops),
    platformTokens: platformTokens(read),
    pipelineIssuers: read('PLEXICA_OIDC_ISSUERS', parseIssuers),
    rateLimits: read('PLEXICA_RATE_LIMITS', parseRateLimits),
    webhookAllowPrivate: read('PLEXICA_WEBHOOK_ALLOW_PRIVATE', parseTruth),
    logLevel: read('PLEXICA_LOG_LEVEL', parseLogLevel),
  }
  return problems.length > 0 ? { problems } : { config }
}

function platformTokens(read: <T>(name: SettingName, parse: (text: string) => T) => T): PlatformTokens | undefined {
  const issuer = read('PLEXICA_JWT_ISSUER', parseIssuer)
  const audience = read('PLEXICA_JWT_AUDIENCE', (text) => {
    if (text === '' && issuer !== undefined) throw new SettingProblem('write the audience that the tokens name.')
    return text
  })
  const more = {
    jwksUrl: read('PLEXICA_JWT_JWKS_URL', parseIssuer),
    subjectClaim: read('PLEXICA_JWT_SUBJECT_CLAIM', parseClaim),
    roleClaim: read('PLEXICA_JWT_ROLE_CLAIM', parseClaim),
    tenantClaim: read('PLEXICA_JWT_TENANT_CLAIM', parseClaim),
    roles: read('PLEXICA_JWT_ROLES', parseRoles),
  }
  return issuer === undefined ? undefined : { issuer, audience, ...more }
}

function parseDatabase(text: string): DatabaseLocation {
  const path = after(text, 'sqlite:')
  if (path) return { engine: 'sqlite', path }
  const url = /^postgres(ql)?:\/\//.test(text) ? URL.parse(text) : null
  if (!url) {
    throw new SettingProblem(
      `write sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE${insteadOf(text, ['postgres', 'postgresql'])}.`,
    )
  }
  if (!/^\/[^/]+$/.test(url.pathname))
    throw new SettingProblem('write a database’s name after the host, as in /plexica.')
  const unknown = [...url.searchParams.keys()].filter((name) => !postgresOptions.includes(name))
  if (unknown.length > 0) {
    throw new SettingProblem(`postgres:// takes ${postgresOptions.join(', ')}, not ${unknown.join(', ')}.`)
  }
  return { engine: 'postgres', url: text }
}

/** `host` names the folder of a socket; the others say how the connection is encrypted. */
const postgresOptions = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'host']

function parseStorage(text: string): StorageLocation {
  const folder = after(text, 'file:')
  if (folder) return { kind: 'disk', folder }
  const url = text.startsWith('s3://') ? URL.parse(text) : null
  if (!url?.hostname) {
    throw new SettingProblem(`write file:FOLDER or s3://BUCKET?endpoint=URL&region=NAME${insteadOf(text)}.`)
  }
  if (url.username || url.password) {
    throw new SettingProblem('write no credentials here; AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY hold them.')
  }
  if (url.pathname !== '' && url.pathname !== '/') {
    throw new SettingProblem('write a bucket without a folder in it; the registry needs a bucket of its own.')
  }
  const unknown = [...url.searchParams.keys()].filter((name) => name !== 'endpoint' && name !== 'region')
  if (unknown.length > 0) throw new SettingProblem(`s3:// takes endpoint and region, not ${unknown.join(', ')}.`)
  return {
    kind: 's3',
    bucket: url.hostname,
    endpoint: parseWebUrl(url.searchParams.get('endpoint') ?? ''),
    region: url.searchParams.get('region') || 'us-east-1',
  }
}

function parseHost(text: string): string {
  const host = text.replace(/^\[(.*)\]$/, '$1')
  if (/[\s/]|^[^:]*:\d*$/.test(host))
    throw new SettingProblem('write an address or a host name alone, without scheme and port.')
  return host
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new SettingProblem('write a port from 0 to 65535.')
  return port
}

function parseWebUrl(text: string): string | undefined {
  if (text === '') return undefined
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new SettingProblem('write an http or https address without credentials, query and fragment.')
  }
  return text.replace(/\/+$/, '')
}

function parseSecretKey(text: string): Buffer | undefined {
  if (text === '') return undefined
  const key = Buffer.from(text, 'base64')
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text) || key.length !== 32) {
    throw new SettingProblem('write 32 bytes in base64, such as `openssl rand -base64 32` prints.')
  }
  return key
}

function parseSecretKeys(text: string): Buffer[] {
  return text.split(',').flatMap((key) => parseSecretKey(key.trim()) ?? [])
}

function parseDays(text: string): number | undefined {
  if (text === 'never') return undefined
  if (!/^\d{1,5}$/.test(text)) throw new SettingProblem('write a number of days from 0 to 99999, or never.')
  return Number(text)
}

function parseTruth(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw new SettingProblem('write true or false.')
  return text === 'true'
}

function parseLogLevel(text: string): string {
  const levels = ['debug', 'info', 'warn', 'error', 'silent']
  if (!levels.includes(text)) throw new SettingProblem(`write one of ${levels.join(', ')}.`)
  return text
}

/** What follows the scheme; `file:///var/x` and `file:/var/x` name the same. */
function after(text: string, scheme: string): string | undefined {
  return text.startsWith(scheme) ? text.slice(scheme.length).replace(/^\/\/(?=\/)/, '') : undefined
}

/** Of an address only its scheme is repeated: the rest may hold a password. */
function insteadOf(text: string, taken: readonly string[] = []): string {
  const [, scheme] = /^([a-z][a-z0-9+.-]{1,20}):/i.exec(text) ?? []
  return scheme === undefined || taken.includes(scheme) ? '' : `; ${scheme}: is not taken`
}
