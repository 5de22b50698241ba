import { createHash } from 'node:crypto'
import type { BundledPackage } from './build-plugin.ts'

/**
 * The bill of materials (CycloneDX 1.6, JSON) of what the bundles hold. It has neither a time nor a random serial
 * number: the number is made from the content, so that the same source has the same bytes.
 */
export function sbomOf(plugin: { id: string; version: string }, packages: readonly BundledPackage[]): string {
  const root = `${plugin.id}@${plugin.version}`
  const components = packages.map(({ name, version, license }) => {
    const purl = `pkg:npm/${name.replace(/^@/, '%40')}@${encodeURIComponent(version)}`
    return {
      type: 'library',
      'bom-ref': purl,
      name,
      version,
      ...(license === undefined ? {} : { licenses: [licenseOf(license)] }),
      purl,
    }
  })
  const body = {
    metadata: { component: { type: 'application', 'bom-ref': root, name: plugin.id, version: plugin.version } },
    components,
    dependencies: [{ ref: root, dependsOn: components.map((component) => component['bom-ref']) }],
  }
  const serialNumber = `urn:uuid:${uuidOf(JSON.stringify(body))}`
  return `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber, version: 1, ...body }, null, 2)}\n`
}

const spdxExpression = /^\(*[A-Za-z0-9.+-]+\)*(?: (?:AND|OR|WITH) \(*[A-Za-z0-9.+-]+\)*)*$/

/** `SEE LICENSE IN x` and the like are names; only SPDX expressions go where expressions go. */
function licenseOf(license: string) {
  return spdxExpression.test(license) ? { expression: license } : { license: { name: license } }
}

/** A UUID of version 8 (RFC 9562, 5.8), whose bits come from the text. */
function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
