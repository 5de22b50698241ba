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
 * quarter of the time, is off until the memory limit is reached.
 */
export function runBuild(esbuild: Esbuild, options: BuildOptions & InMemory): Promise<BuildResult<InMemory>> {
  return withCollector({ GOGC: 'off', GOMEMLIMIT: '1GiB' }, () => esbuild.build(options))
}

/** A collector for a service that lives all day: it may use five times the memory that it needs, to be quick. */
export const collectSeldom = { GOGC: '400' }

/**
 * Does what starts esbuild's service, unless it runs. The service inherits the environment at that moment, and what is
 * started later must not: the variables stand for it only, and never in place of the user's own.
 */
export function withCollector<Result>(settings: Readonly<Record<string, string>>, start: () => Result): Result {
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const)
  for (const [name, value] of Object.entries(settings)) process.env[name] ??= value
  try {
    return start()
  } finally {
    for (const [name, value] of before) restore(name, value)
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}
