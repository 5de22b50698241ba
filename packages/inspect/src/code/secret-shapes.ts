import { crc32 } from 'node:zlib'
import type { SecretRule } from './secret-rules.ts'

interface Shape {
  rule: SecretRule
  /** How a sentence begins that speaks of it. */
  name: string
  /** How it begins; part of the one expression that is searched for. */
  begins: string
  /** The whole of it, from its beginning. Every repetition is bounded, so that no text makes the match slow. */
  whole: RegExp
  /** Whether a match is one in truth. */
  holds?: (match: string, text: string, at: number) => boolean
}

export interface FoundSecret {
  rule: SecretRule
  name: string
  /** Its first four characters. */
  start: string
  at: number
}

const shapes: readonly Shape[] = [
  {
    rule: 'secret-github-token',
    name: 'A GitHub token',
    begins: 'gh[oprsu]_',
    whole: /gh[oprsu]_[A-Za-z0-9]{36}(?!\w)/y,
    holds: hasGitHubChecksum,
  },
  {
    rule: 'secret-github-token',
    name: 'A fine-grained GitHub token',
    begins: 'github_pat_',
    whole: /github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}(?!\w)/y,
  },
  { rule: 'secret-gitlab-token', name: 'A GitLab token', begins: 'glpat-', whole: /glpat-[\w-]{20,300}/y },
  { rule: 'secret-npm-token', name: 'An npm token', begins: 'npm_', whole: /npm_[A-Za-z0-9]{36}(?!\w)/y },
  {
    rule: 'secret-aws-key',
    name: 'An AWS access key with its secret',
    begins: 'A[KS]IA',
    whole: /A[KS]IA[A-Z2-7]{16}(?!\w)/y,
    holds: hasAwsSecretNearby,
  },
  {
    rule: 'secret-aws-key-id',
    name: 'The id of an AWS access key',
    begins: 'A[KS]IA',
    whole: /A[KS]IA[A-Z2-7]{16}(?!\w)/y,
    holds: (match, text, at) => !hasAwsSecretNearby(match, text, at),
  },
  {
    rule: 'secret-azure-key',
    name: 'An Azure storage key',
    begins: 'AccountKey=',
    whole: /AccountKey=[A-Za-z0-9+/]{86}==/y,
  },
  { rule: 'secret-google-key', name: 'A Google API key', begins: 'AIza', whole: /AIza[\w-]{35}(?![\w-])/y },
  {
    rule: 'secret-slack-token',
    name: 'A Slack token',
    begins: 'xox[abeoprs]-',
    whole: /xox[abeoprs]-(?:\d{1,15}-){1,4}[A-Za-z0-9]{16,64}(?!\w)/y,
  },
  {
    rule: 'secret-slack-token',
    name: 'A Slack app token',
    begins: 'xapp-',
    whole: /xapp-\d-[A-Z0-9]{5,15}-\d{5,15}-[a-f0-9]{32,64}(?!\w)/y,
  },
  {
    rule: 'secret-stripe-key',
    name: 'A live Stripe key',
    begins: '[rs]k_live_',
    whole: /[rs]k_live_[A-Za-z0-9]{24,247}(?!\w)/y,
  },
  {
    rule: 'secret-sendgrid-key',
    name: 'A SendGrid key',
    begins: 'SG\\.',
    whole: /SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/y,
  },
  { rule: 'secret-twilio-key', name: 'The id of a Twilio key', begins: 'SK[0-9a-f]', whole: /SK[0-9a-f]{32}(?!\w)/y },
  {
    rule: 'secret-model-key',
    name: 'An Anthropic key',
    begins: 'sk-',
    whole: /sk-ant-[a-z]{2,10}\d\d-[\w-]{80,120}(?![\w-])/y,
  },
  {
    rule: 'secret-model-key',
    name: 'An OpenAI key',
    begins: 'sk-',
    whole: /sk-(?!ant-)[\w-]{40,250}(?![\w-])/y,
    // Base64 of "OpenAI", in the middle of every key.
    holds: (match) => match.includes('T3BlbkFJ'),
  },
  {
    rule: 'secret-model-key',
    name: 'A key of a model provider',
    begins: 'sk-',
    whole: /sk-(?:or-v1-)?[A-Za-z0-9]{32,64}(?![\w-])/y,
    holds: (match) => !match.includes('T3BlbkFJ') && /\d/.test(match.slice(9)),
  },
  {
    rule: 'secret-digitalocean-token',
    name: 'A DigitalOcean token',
    begins: 'do[opr]_v1_',
    whole: /do[opr]_v1_[0-9a-f]{64}(?!\w)/y,
  },
  { rule: 'secret-plexica-key', name: 'A Plexica key', begins: 'plx_', whole: /plx_[\w-]{24,200}(?![\w-])/y },
  {
    rule: 'secret-private-key',
    name: 'A private key',
    begins: '-----BEGIN ',
    whole: /-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----/y,
    holds: hasKeyContent,
  },
  {
    rule: 'secret-jwt',
    name: 'A JSON Web Token',
    begins: 'eyJ',
    whole: /eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{20,1000}/y,
    holds: hasClaims,
  },
]

/** One pass over the text finds all beginnings; what follows one is looked at by the shapes that begin so. */
const beginnings = new RegExp([...new Set(shapes.map(({ begins }) => begins))].join('|'), 'g')
const placeholder = /example|placeholder|your|dummy|changeme|x{5}|\*{3}|0{8}|1234567890|0123456789|abcdefgh/i

/** The first secrets of a text, at most `most` of them. Takes time in proportion to the text, whatever it holds. */
export function findSecrets(text: string, most: number): FoundSecret[] {
  const found: FoundSecret[] = []
  beginnings.lastIndex = 0
  for (let begin = beginnings.exec(text); begin !== null && found.length < most; begin = beginnings.exec(text)) {
    const at = begin.index
    // In the middle of a longer word it is a part of something else, such as a hash or the name of a class.
    if (/[\w-]/.test(text.charAt(at - 1))) continue
    for (const shape of shapesWith(begin[0])) {
      const secret = secretAt(shape, text, at)
      if (secret === undefined) continue
      found.push({ rule: shape.rule, name: shape.name, start: secret.slice(0, 4), at })
      beginnings.lastIndex = at + secret.length
      break
    }
  }
  return found
}

const shapesByBeginning = new Map<string, readonly Shape[]>()

function shapesWith(beginning: string): readonly Shape[] {
  const known = shapesByBeginning.get(beginning)
  if (known !== undefined) return known
  const found = shapes.filter(({ begins }) => new RegExp(`^${begins}`).test(beginning))
  shapesByBeginning.set(beginning, found)
  return found
}

function secretAt({ whole, holds }: Shape, text: string, at: number): string | undefined {
  whole.lastIndex = at
  const secret = whole.exec(text)?.[0]
  if (secret === undefined || placeholder.test(secret) || holds?.(secret, text, at) === false) return undefined
  return isVaried(secret) ? secret : undefined
}

/** Random text of this length has more different characters; a placeholder repeats a few. */
function isVaried(secret: string): boolean {
  return new Set(secret).size >= 10
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The last six characters are the CRC-32 of the thirty before them, in base 62. */
function hasGitHubChecksum(token: string): boolean {
  const content = token.slice(token.indexOf('_') + 1)
  let rest = crc32(content.slice(0, 30))
  let checksum = ''
  for (let digit = 0; digit < 6; digit++) {
    checksum = base62.charAt(rest % 62) + checksum
    rest = Math.floor(rest / 62)
  }
  return content.endsWith(checksum)
}

function hasAwsSecretNearby(id: string, text: string, at: number): boolean {
  const around = `${text.slice(Math.max(0, at - 300), at)} ${text.slice(at + id.length, at + 300)}`
  const candidates = around.match(/(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g) ?? []
  // Forty hex digits are a hash.
  return candidates.some((secret) => isVaried(secret) && !placeholder.test(secret) && !/^[0-9a-f]{40}$/i.test(secret))
}

/** The header alone stands in every library that reads such keys. Line ends may be written out, lines be added up. */
const keyBody = /(?:\\[nr]|[\s"'`,+]){0,40}[A-Za-z0-9/+]{40}/y
/** Headers of encrypted keys and of PGP. */
const keyHeaders = /(?:\\[nr]|[\s"'`,+]){0,40}(?:Proc-Type|DEK-Info|Version|Comment): /y

function hasKeyContent(header: string, text: string, at: number): boolean {
  const start = at + header.length
  keyBody.lastIndex = start
  const body = keyBody.exec(text)?.[0]
  if (body !== undefined) return isVaried(body.slice(-40))
  keyHeaders.lastIndex = start
  return keyHeaders.test(text) && /[A-Za-z0-9/+]{60}/.test(text.slice(start, start + 400))
}

const claims = ['iss', 'sub', 'aud', 'exp', 'role', 'email', 'client_id', 'user_id']

function hasClaims(token: string): boolean {
  const [header, payload] = token.split('.').map(decodedObject)
  if (header === undefined || payload === undefined || typeof header.alg !== 'string') return false
  // The one in every introduction to the format.
  return payload.name !== 'John Doe' && claims.some((claim) => Object.hasOwn(payload, claim))
}

function decodedObject(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
