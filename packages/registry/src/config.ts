/** Every setting of the registry: environment variable, default and meaning. The documentation's table is made from it. */
export const settings = {
  PLEXICA_DATABASE_URL: { fallback: 'sqlite:./data/plexica.db', meaning: 'Where rows are kept: `sqlite:PATH`' },
  PLEXICA_STORAGE_URL: {
    fallback: 'file:./data/blobs',
    meaning: 'Where packages are kept: `file:FOLDER`, or `s3://BUCKET?endpoint=URL&region=NAME`',
  },
  PLEXICA_HOST: { fallback: '127.0.0.1', meaning: 'Address to listen on' },
  PLEXICA_PORT: { fallback: '4873', meaning: 'Port to listen on; 0 takes a free one' },
  PLEXICA_PUBLIC_URL: { fallback: '', meaning: 'Address under which people reach the registry; the listening address unless set' },
  PLEXICA_CDN_URL: { fallback: '', meaning: 'Address of a CDN in front of `/plugins/bundles`, used wherever a bundle’s address is given' },
  PLEXICA_PLATFORM_FILE: { fallback: '', meaning: 'The `platform.json` that plugins run on' },
  PLEXICA_SECRET_KEY: { fallback: '', meaning: '32 bytes in base64 that seal the secrets in tenants’ configurations' },
  PLEXICA_LOG_LEVEL: { fallback: 'info', meaning: '`debug`, `info`, `warn`, `error` or `silent`' },
} as const satisfies Record<string, { fallback: string; meaning: string }>

export type SettingName = keyof typeof settings

export type DatabaseLocation = { engine: 'sqlite'; path: string }
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
  readonly cdnUrl: string | undefined
  readonly platformFile: string | undefined
  readonly secretKey: Buffer | undefined
  readonly logLevel: string
}

/** Reads all settings at once; gives every problem, not the first. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): { config: Config } | { problems: string[] } {
  const problems: string[] = []
  const value = (name: SettingName): string => env[name]?.trim() || settings[name].fallback
  const read = <T>(name: SettingName, parse: (text: string) => T): T => {
    try {
      return parse(value(name))
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`)
      return undefined as T
    }
  }
  const config: Config = {
    database: read('PLEXICA_DATABASE_URL', parseDatabase),
    storage: read('PLEXICA_STORAGE_URL', parseStorage),
    host: value('PLEXICA_HOST'),
    port: read('PLEXICA_PORT', parsePort),
    publicUrl: read('PLEXICA_PUBLIC_URL', parseWebUrl),
    cdnUrl: read('PLEXICA_CDN_URL', parseWebUrl),
    platformFile: value('PLEXICA_PLATFORM_FILE') || undefined,
    secretKey: read('PLEXICA_SECRET_KEY', parseSecretKey),
    logLevel: read('PLEXICA_LOG_LEVEL', parseLogLevel),
  }
  return problems.length > 0 ? { problems } : { config }
}

function parseDatabase(text: string): DatabaseLocation {
  if (!text.startsWith('sqlite:') || text.length === 'sqlite:'.length) throw new Error(`write sqlite:PATH, not ${text}`)
  return { engine: 'sqlite', path: text.slice('sqlite:'.length) }
}

function parseStorage(text: string): StorageLocation {
  if (text.startsWith('file:') && text.length > 'file:'.length) {
    return { kind: 'disk', folder: text.slice('file:'.length).replace(/^\/\/(?=\/)/, '') }
  }
  if (text.startsWith('s3://')) {
    const url = new URL(text)
    return {
      kind: 's3',
      bucket: url.hostname,
      endpoint: url.searchParams.get('endpoint') ?? undefined,
      region: url.searchParams.get('region') ?? 'us-east-1',
    }
  }
  throw new Error(`write file:FOLDER or s3://BUCKET?endpoint=URL, not ${text}`)
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`write a port from 0 to 65535, not ${text}`)
  return port
}

function parseWebUrl(text: string): string | undefined {
  if (text === '') return undefined
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? '')) throw new Error(`write an http or https address, not ${text}`)
  return text.replace(/\/+$/, '')
}

function parseSecretKey(text: string): Buffer | undefined {
  if (text === '') return undefined
  const key = Buffer.from(text, 'base64')
  if (key.length !== 32) throw new Error(`write 32 bytes in base64; these are ${key.length}`)
  return key
}

function parseLogLevel(text: string): string {
  const levels = ['debug', 'info', 'warn', 'error', 'silent']
  if (!levels.includes(text)) throw new Error(`write one of ${levels.join(', ')}, not ${text}`)
  return text
}
