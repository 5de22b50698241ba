import { expect, test } from 'vitest'
import { inspectPackage } from '../src/index.ts'
import { listingRules } from '../src/listing/listing-rules.ts'
import { pictureRules } from '../src/listing/picture-rules.ts'
import { buildPackage, goodFiles } from './build-package.ts'
import { listingFixtures } from './listing-fixtures.ts'

const rules = { ...listingRules, ...pictureRules }

async function* once(bytes: Uint8Array) {
  yield bytes
}

test('every rule about the listing has a fixture', () => {
  expect(listingFixtures.map(({ code }) => code).sort()).toEqual(Object.keys(rules).sort())
})

test.each(listingFixtures)('a package with $code is told so', async ({ code, files }) => {
  const { findings, quality } = await inspectPackage(once(buildPackage({ ...goodFiles(), ...files })))
  const severity = rules[code as keyof typeof rules].severity
  expect(findings.find((finding) => finding.code === code)).toMatchObject({ severity })
  const points = new Set(findings.filter((finding) => finding.code in listingRules).map((finding) => finding.code))
  expect(quality).toEqual({ score: 12 - points.size, outOf: 12 })
})
