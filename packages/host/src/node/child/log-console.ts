import { format, inspect } from 'node:util'
import { send } from './channel.ts'

/** Characters of one line in the log, and of what is said of an error. */
const longestText = 2_000

const silent = 'assert clear count countReset group groupCollapsed groupEnd time timeEnd timeLog timeStamp'.split(' ')

/** A console whose lines go to the platform's log. */
export function logConsole(): Record<string, unknown> {
  const line =
    (level: string) =>
    (...given: unknown[]) =>
      send({ type: 'log', level, text: format(...given).slice(0, longestText) })
  return {
    ...Object.fromEntries(silent.map((name) => [name, () => undefined])),
    ...Object.fromEntries(['log', 'info', 'dir', 'table', 'trace'].map((name) => [name, line('info')])),
    debug: line('debug'),
    warn: line('warn'),
    error: line('error'),
  }
}

/** What can be said of anything that was thrown, with where it was. */
export function said(thrown: unknown): string {
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : inspect(thrown)
  return String(text).slice(0, longestText)
}
