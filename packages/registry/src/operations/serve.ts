import type { Terminal } from '../command.ts'
import type { Config } from '../config.ts'
import { startRegistry } from '../start-registry.ts'

const signals = ['SIGTERM', 'SIGINT'] as const

/** A runner hands on the Ctrl-C that the terminal has sent already: signals so close together, in milliseconds, are one. */
const echo = 500

/** Runs the registry until it is asked to stop, and lets it finish what runs. */
export async function serve(config: Config, terminal: Terminal): Promise<void> {
  const stop = stopSignal()
  try {
    const registry = await startRegistry(config)
    if (terminal.watched) terminal.say(`The registry runs at ${registry.url}. Ctrl-C stops it.`)
    await stop.heard
    if (terminal.watched) terminal.say('Finishing what runs; Ctrl-C again ends it at once.')
    await registry.stop()
  } finally {
    stop.unhear()
  }
}

/** The first signal to stop. After it, signals do again what they do by themselves, which is to end the process. */
function stopSignal(): { heard: Promise<void>; unhear: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  const hear = () => {
    setTimeout(unhear, echo).unref()
    resolve()
  }
  const unhear = () => {
    for (const signal of signals) process.off(signal, hear)
  }
  for (const signal of signals) process.on(signal, hear)
  return { heard: promise, unhear }
}
