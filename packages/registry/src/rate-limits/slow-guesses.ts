import { RegistryError } from '../http/registry-error.ts'
import type { Limiter } from './limiter.ts'

/**
 * Lets somebody show a key or a token. Guessing is slowed down by network: those who guess have nothing else to be known
 * by. Throws `too_many_requests` when the guesses of this one are spent.
 */
export async function slowGuesses<Found>(
  limiter: Limiter,
  network: string,
  show: () => Promise<Found>,
): Promise<Found> {
  limiter.refuseIfSpent('guesses', network)
  try {
    return await show()
  } catch (error) {
    const guessed = error instanceof RegistryError && (error.code === 'key_invalid' || error.code === 'token_invalid')
    if (guessed) await limiter.spend('guesses', network)
    throw error
  }
}
