/** The modules that a plugin's bundle leaves as imports, because every host page provides them. */
export const sharedModules = ['react', 'react/jsx-runtime', 'react-dom', 'react-dom/client'] as const

/**
 * Whether a bundle leaves the import of a module to the page: React's modules, and all modules of the packages that its
 * manifest names in `shared`.
 */
export function isShared(module: string, shared: Readonly<Record<string, string>> = {}): boolean {
  if ((sharedModules as readonly string[]).includes(module)) return true
  const packageName = /^(?:@[^/]+\/)?[^/]+/.exec(module)?.[0]
  return packageName !== undefined && Object.hasOwn(shared, packageName)
}
