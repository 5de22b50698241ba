import type { BundledDependency } from '../inspection.ts'

/** The components of a CycloneDX document in JSON (ECMA-424), sorted by name; undefined when it is none. */
export function readSbom(text: string): BundledDependency[] | undefined {
  const document = parsed(text)
  if (!isRecord(document) || document.bomFormat !== 'CycloneDX') return undefined
  const { components = [] } = document
  if (!Array.isArray(components)) return undefined
  const found = new Map<string, BundledDependency>()
  // Components may hold components; a list of those to do needs no stack.
  const waiting: unknown[] = [...components]
  for (let component = waiting.pop(); component !== undefined; component = waiting.pop()) {
    if (!isRecord(component)) return undefined
    if (Array.isArray(component.components)) for (const part of component.components) waiting.push(part)
    const { group, name, version } = component
    // A version is optional since CycloneDX 1.4; without one there is nothing to compare with advisories.
    if (typeof name !== 'string' || typeof version !== 'string') continue
    const fullName = typeof group === 'string' && group !== '' ? `${group}/${name}` : name
    found.set(`${fullName}@${version}`, { name: fullName, version })
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, dependency]) => dependency)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
