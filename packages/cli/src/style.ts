import { stripVTControlCharacters } from 'node:util'
import type { Output } from './output.ts'

const colours = ['bold', 'dim', 'red', 'green', 'yellow', 'cyan'] as const

/** Ways to set off a word. Where colour is not wanted they give the text back. */
export type Style = Readonly<Record<(typeof colours)[number], (text: string) => string>>

const plain = Object.fromEntries(colours.map((name) => [name, (text: string) => text])) as Style

/** Colour only on a terminal, never with NO_COLOR (no-color.org) or TERM=dumb; FORCE_COLOR overrules. */
export async function styleFor(output: Output, env: Readonly<Record<string, string | undefined>>): Promise<Style> {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0'
  const wanted = forced || (output.isTerminal && !env.NO_COLOR && env.TERM !== 'dumb')
  if (!wanted) return plain
  const { Chalk } = await import('chalk')
  return new Chalk({ level: 1 })
}

/** All control characters but line ends and tabs, and those that turn the direction of writing. */
const obeyed = /[^\P{Cc}\n\t]|\p{Bidi_Control}/gu

/** Text from elsewhere, without anything that a terminal would obey. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(obeyed, '�')
}

/** 1234567 → `1.2 MB`, in powers of ten. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB']
  let value = bytes / 1000
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** 1234 → `1.2 s`. */
export function millisecondsText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`
  return `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`
}

/** `1 file`, `2 files`; with a plural of its own, `2 advisories`. */
export function countText(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}

/** A length of time in the largest unit that fits: `3 h`. */
export function ageText(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000))
  if (minutes < 1) return '< 1 min'
  if (minutes < 60) return `${minutes} min`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : countText(Math.floor(minutes / (24 * 60)), 'day')
}
