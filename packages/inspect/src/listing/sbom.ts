import type { BundledDependency } from '../inspection.ts'

/** The components of a CycloneDX document in JSON (ECMA-424), or undefined when it is none. */
export function readSbom(text: string): BundledDependency[] | undefined {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isRecord(document) || document.bomFormat !== 'CycloneDX') return undefined
  const { components = [] } = document
  if (!Array.isArray(components)) return undefined
  const dependencies: BundledDependency[] = []
  for (const component of components) {
    if (!isRecord(component)) return undefined
    const { group, name, version } = component
    if (typeof name !== 'string' || typeof version !== 'string') return undefined
    dependencies.push({ name: typeof group === 'string' && group ? `${group}/${name}` : name, version })
  }
  return dependencies
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
