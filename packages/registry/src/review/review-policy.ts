import { Subject } from '@plexica/api'
import type { Finding } from '@plexica/manifest-schema'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import type { Static } from 'typebox'
import Type from 'typebox'
import type { CapabilityDelta } from './version-delta.ts'

const strict = { additionalProperties: false } as const

/** What a rule asks for beside a trusted owner is written out, so that whoever reads the file knows what it allows. */
const Rule = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,49}$' }),
    trustedOwners: Type.Array(Subject, { minItems: 1, maxItems: 1_000, uniqueItems: true }),
    maxSeverity: Type.Literal('info'),
    newCapabilities: Type.Literal(false),
    firstVersions: Type.Optional(Type.Boolean()),
  },
  strict,
)
const Policy = Type.Object({ rules: Type.Array(Rule, { minItems: 1, maxItems: 100 }) }, strict)

/** By which submissions are approved without a person. */
export type ReviewPolicy = Static<typeof Policy>

/** Reads a policy's file; gives every problem, not the first. */
export function readReviewPolicy(text: string): { policy: ReviewPolicy } | { problems: string[] } {
  const json = parsed(text)
  if (json === undefined) return { problems: ['It is not JSON (RFC 8259).'] }
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile<ReviewPolicy>(
    JSON.parse(JSON.stringify(Policy)),
  )
  if (!validate(json.value)) return { problems: (validate.errors ?? []).map(wordsFor) }
  const names = json.value.rules.map(({ name }) => name)
  const twice = new Set(names.filter((name, at) => names.indexOf(name) !== at))
  if (twice.size > 0) return { problems: [...twice].map((name) => `Two rules have the name ${name}.`) }
  return { policy: json.value }
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function wordsFor({ instancePath, keyword, params, message }: ErrorObject): string {
  const place = instancePath.slice(1).replaceAll('/', '.') || 'The policy'
  if (keyword === 'additionalProperties') return `${place} has no field ${params.additionalProperty}.`
  if (keyword === 'required') return `${place} needs the field ${params.missingProperty}.`
  if (keyword === 'const') return `${place} must be ${JSON.stringify(params.allowedValue)}: nothing else is possible.`
  return `${place} ${message ?? 'is not valid'}.`
}

/** What a policy decides by. */
export interface PolicyFacts {
  /** Who sent the bytes, and who submitted them. */
  readonly people: readonly string[]
  readonly owners: readonly string[]
  readonly findings: readonly Pick<Finding, 'severity'>[]
  readonly delta: CapabilityDelta
  /** Whether there is no approved version to compare with. */
  readonly isFirst: boolean
  /** Whether it answers a rejection: what a person has said no to, a person looks at again. */
  readonly isResubmission: boolean
}

/** The first rule by which a submission is approved; undefined leaves it to a person. */
export function policyRule(policy: ReviewPolicy, facts: PolicyFacts): { rule: string } | undefined {
  const { people, owners, findings, delta, isFirst, isResubmission } = facts
  if (isResubmission || findings.some(({ severity }) => severity !== 'info')) return undefined
  const isNew = delta.permissions.added.total + delta.hosts.added.total + delta.parts.added.length > 0
  const rule = policy.rules.find(
    ({ trustedOwners, firstVersions = false }) =>
      people.every((person) => owners.includes(person) && trustedOwners.includes(person)) &&
      // Of a first version everything is new: a rule that allows those allows what they bring.
      (isFirst ? firstVersions : !isNew),
  )
  return rule && { rule: rule.name }
}
