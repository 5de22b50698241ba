import { expect, test } from 'vitest'
import type { PublishInput } from '../commands/publish.ts'
import { planPublish } from './publish-plan.ts'

const nothing = Object.fromEntries(
  ['folder', 'version', 'changelog', 'dryRun', 'offline', 'draft', 'wait', 'timeout', 'skipTests', 'json'].map(
    (name) => [name, undefined],
  ),
) as unknown as PublishInput
const plan = (input: Partial<PublishInput>) => planPublish({ ...nothing, ...input })

test('a dry run takes the same steps up to the last', () => {
  const common = ['account', 'check', 'build', 'test', 'pack', 'inspect']
  expect(plan({}).steps).toEqual([...common, 'upload'])
  expect(plan({ wait: true }).steps).toEqual([...common, 'upload', 'wait'])
  expect(plan({ dryRun: true }).steps).toEqual([...common, 'preflight'])
  expect(plan({ dryRun: true, offline: true }).steps).toEqual(common.slice(1))
  expect(plan({ skipTests: true }).steps).not.toContain('test')
})

test('--timeout bounds every answer, and with --wait the decision', () => {
  expect(plan({})).toMatchObject({ waitSeconds: 600, answerTime: 30_000 })
  expect(plan({ timeout: 5 })).toMatchObject({ waitSeconds: 5, answerTime: 5_000 })
  expect(plan({ timeout: 3600 })).toMatchObject({ waitSeconds: 3600, answerTime: 30_000 })
})

test('a draft is not submitted, and an empty changelog is none', () => {
  expect(plan({ draft: true }).submit).toBe(false)
  expect(plan({ changelog: '  ' }).changelog).toBeUndefined()
})

test.each([{ offline: true }, { wait: true, dryRun: true }, { wait: true, draft: true }, { version: '1.0' }] as const)(
  '%j is refused',
  (input) => {
    expect(() => plan(input)).toThrow(expect.objectContaining({ exit: 2, code: 'usage_invalid' }))
  },
)
