import type { BuildOptions, BuildResult } from 'esbuild'

export type Esbuild = typeof import('esbuild')
interface InMemory {
  write: false
  metafile: true
}

/** Loads esbuild. Apart from `runBuild`, so that loading can begin before it is known what to build. */
export function loadEsbuild(): Promise<Esbuild> {
  return import('esbuild')
}

/**
 * Starts a build. esbuild's service is a Go program that lives for one build, so its garbage collector, which takes a
 * quarter of the time, is off until the memory limit is reached. The service inherits the environment when the first
 * build starts it, and what is started later must not: the variables stand for that moment only.
 */
export function runBuild(esbuild: Esbuild, options: BuildOptions & InMemory): Promise<BuildResult<InMemory>> {
  const { GOGC, GOMEMLIMIT } = process.env
  process.env.GOGC = GOGC ?? 'off'
  process.env.GOMEMLIMIT = GOMEMLIMIT ?? '1GiB'
  try {
    return esbuild.build(options)
  } finally {
    restore('GOGC', GOGC)
    restore('GOMEMLIMIT', GOMEMLIMIT)
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}
