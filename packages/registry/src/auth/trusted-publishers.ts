import type { Finding } from '@plexica/manifest-schema'
import { requestFinding } from '../http/request-finding.ts'

/** A pipeline, by what its tokens have to claim. */
export interface Trust {
  readonly issuer: string
  readonly claims: Readonly<Record<string, string>>
}

/** Claims that name one repository, the most lasting first: a name can become somebody else's, a number cannot. */
const repositoryClaims = ['repository_id', 'project_id', 'repository', 'project_path'] as const

/** Every token has them, and they say nothing of where it comes from. */
const ownClaims = ['iss', 'aud', 'exp', 'nbf', 'iat', 'jti']

/** What is wrong with pipelines beyond their form. Without a repository, every pipeline of the provider would match. */
export function trustFindings(publishers: readonly Trust[]): Finding[] {
  return publishers.flatMap(({ claims }, at) => {
    const path = `body.publishers.${at}.claims`
    const findings: Finding[] = []
    if (!repositoryClaims.some((name) => name in claims)) {
      const names = repositoryClaims.join(', ')
      findings.push(requestFinding(path, `${path} names no repository.`, `Add one of ${names}.`))
    }
    for (const name of ownClaims.filter((own) => own in claims)) {
      findings.push(requestFinding(`${path}.${name}`, `${path}.${name} is not compared.`, 'Leave it out.'))
    }
    return findings
  })
}

/** By which claim a pipeline is looked up. */
export function anchorOf({ claims }: Trust): string {
  const name = repositoryClaims.find((one) => one in claims) ?? ''
  return `${name}=${claims[name] ?? ''}`
}

/** Under which claims a token's pipeline may have been registered. */
export function anchorsOf(token: Readonly<Record<string, unknown>>): string[] {
  return repositoryClaims.flatMap((name) => {
    const value = textOf(token, name)
    return value === undefined ? [] : [`${name}=${value}`]
  })
}

/** Whether a token has every claim of the trust, with exactly its value. */
export function isTrusted({ claims }: Pick<Trust, 'claims'>, token: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(claims).every(([name, value]) => textOf(token, name) === value)
}

/** The name under which a pipeline's acts are recorded; no person's subject has a colon. */
export function pipelineSubject(issuer: string, token: Readonly<Record<string, unknown>>): string {
  const name = textOf(token, 'repository') ?? textOf(token, 'project_path') ?? anchorsOf(token)[0] ?? ''
  const readable = name.replace(/[\p{C}\p{Surrogate}]/gu, '?').slice(0, 300)
  return `oidc:${new URL(issuer).host}/${readable}`
}

function textOf(token: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = Object.hasOwn(token, name) ? token[name] : undefined
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined
}
