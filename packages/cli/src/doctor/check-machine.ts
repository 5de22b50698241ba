import { loadEsbuild } from '../build/start-esbuild.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Check, failed, ok } from './check.ts'

/** An esbuild that does not answer in this time, in milliseconds, is broken. */
const patience = 20_000

/** The launcher has refused every Node that is too old before this runs. */
export function checkNode(): Check {
  return ok('Node', `${process.versions.node} on ${process.platform} ${process.arch}`)
}

/** Whether the build tool can be started here: its program is made for one operating system and processor. */
export async function checkEsbuild(): Promise<Check> {
  let clock: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    clock = setTimeout(() => reject(new Error('it does not answer')), patience)
  })
  try {
    const esbuild = await loadEsbuild()
    await Promise.race([esbuild.transform('export const one: number = 1', { loader: 'ts' }), late])
    await esbuild.stop()
    return ok('esbuild', `${esbuild.version} builds`)
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    const fix = 'Install plexica again on this machine: esbuild’s program differs from system to system.'
    return failed('esbuild', `cannot be used: ${reason}`, fix, exitCodes.buildOrTests)
  } finally {
    clearTimeout(clock)
  }
}
