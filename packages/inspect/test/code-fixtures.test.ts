import { expect, test } from 'vitest'
import { capabilityRules } from '../src/capabilities/capability-rules.ts'
import { codeRules } from '../src/code/code-rules.ts'
import { secretRules } from '../src/code/secret-rules.ts'
import { inspectPackage } from '../src/index.ts'
import { buildPackage, goodFiles } from './build-package.ts'
import { codeFixtures } from './code-fixtures.ts'

const rules = { ...codeRules, ...secretRules, ...capabilityRules }

async function* once(bytes: Uint8Array) {
  yield bytes
}

test('every rule about scripts, secrets and capabilities has a fixture', () => {
  expect(codeFixtures.map(({ code }) => code).sort()).toEqual(Object.keys(rules).sort())
})

test.each(codeFixtures)('a package with $code is told so', async ({ code, files }) => {
  const { findings } = await inspectPackage(once(buildPackage({ ...goodFiles(), ...files })))
  const found = findings.find((finding) => finding.code === code)
  expect(found).toMatchObject({ severity: rules[code as keyof typeof rules].severity })
  expect(found?.message).toMatch(/\.$/)
  expect(found?.fix).toMatch(/\.$/)
})
