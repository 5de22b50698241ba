import { HostError } from './host-errors.ts'
import { pause } from './pause.ts'

/** Milliseconds before each further try. */
const waits = [500, 2_000]

/**
 * Loads what a network may drop: what could not be fetched is tried twice more. What was late or refused is not, since
 * it would not come otherwise.
 *
 * @param isWanted Whether it is still worth to try again.
 */
export async function loadPatiently<Loaded>(load: () => Promise<Loaded>, isWanted: () => boolean): Promise<Loaded> {
  for (const wait of waits) {
    try {
      return await load()
    } catch (thrown) {
      if (!(thrown instanceof HostError) || thrown.code !== 'bundle_unreachable') throw thrown
      // All pages of a platform lose a server at the same moment, and must not come back in the same.
      await pause(wait * (0.75 + Math.random() / 2))
      if (!isWanted()) throw thrown
    }
  }
  return load()
}
