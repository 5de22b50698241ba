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
  PLEXICA_SECRET_KEY: { fallback: '', meaning: '32 bytes in base64 that seal the secrets in tenants’ configurations' },
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
  readonly secretKey: Buffer | undefined
  readonly webhookAllowPrivate: boolean
  readonly logLevel: string
}

/** A setting that cannot be used. The message never holds the value, which may be or contain a secret. */
class SettingProblem extends Error {
  override readonly name = 'SettingProblem'
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
    secretKey: read('PLEXICA_SECRET_KEY', parseSecretKey),
    webhookAllowPrivate: read('PLEXICA_WEBHOOK_ALLOW_PRIVATE', parseTruth),
    logLevel: read('PLEXICA_LOG_LEVEL', parseLogLevel),
  }
  return problems.length > 0 ? { problems } : { config }
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
