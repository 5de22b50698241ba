import { type Role, roles } from '@plexica/api'
import { type Budget, budgets, type RateLimits } from './rate-limits/budgets.ts'
import { SettingProblem } from './setting-problem.ts'

/** Whose tokens the platform's people may use in place of keys, and how they say who somebody is. */
export interface PlatformTokens {
  /** Compared with `iss` character by character. */
  readonly issuer: string
  readonly audience: string
  /** Undefined: what the issuer's discovery document says. */
  readonly jwksUrl: string | undefined
  readonly subjectClaim: string
  readonly roleClaim: string
  readonly tenantClaim: string
  /** Values of the role claim beside the roles' own names. */
  readonly roles: ReadonlyMap<string, Role>
}

/** An address from which keys are fetched: encrypted, except on this machine. Kept as written, for `iss` is compared so. */
export function parseIssuer(text: string): string | undefined {
  if (text === '') return undefined
  const url = URL.parse(text)
  const isLocal = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const isFine = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)
  if (!url || !isFine || url.username || url.password || url.search || url.hash) {
    throw new SettingProblem('write an https address without credentials, query and fragment.')
  }
  return text
}

export function parseIssuers(text: string): string[] {
  return listOf(text).map((one) => parseIssuer(one) ?? '')
}

export function parseClaim(text: string): string {
  if (!/^[\x21-\x7e]{1,200}$/.test(text))
    throw new SettingProblem('write a claim’s name, with dots for claims in claims.')
  return text
}

/** `VALUE=ROLE,VALUE=ROLE` */
export function parseRoles(text: string): Map<string, Role> {
  const found = new Map<string, Role>()
  for (const pair of listOf(text)) {
    const at = pair.lastIndexOf('=')
    const role = roles.find((one) => one === pair.slice(at + 1))
    if (at < 1 || !role)
      throw new SettingProblem(`write VALUE=ROLE, with commas between; roles are ${roles.join(', ')}.`)
    found.set(pair.slice(0, at), role)
  }
  return found
}

export function parseHops(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw new SettingProblem('write how many proxies there are, from 0 to 99.')
  return Number(text)
}

/** `off`, or `reads=N,writes=N,…`; what is not named keeps its default. */
export function parseRateLimits(text: string): RateLimits | undefined {
  if (text === 'off') return undefined
  const limits = { ...budgets }
  for (const pair of listOf(text)) {
    const [, name = '', digits = ''] = /^(\w+)=([1-9]\d{0,8})$/.exec(pair) ?? []
    if (!isBudget(name)) {
      const names = Object.keys(budgets).join(', ')
      throw new SettingProblem(`write off, or NAME=NUMBER with commas between; names are ${names}.`)
    }
    limits[name] = Number(digits)
  }
  return limits
}

function isBudget(name: string): name is Budget {
  return Object.hasOwn(budgets, name)
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
