import type { Mistake } from '../installations/settings.ts'
import type { Texts } from '../language/texts.ts'

/** What is wrong with a field, in words. */
export function mistakeWords(mistakes: ReadonlyMap<string, Mistake>, texts: Texts['install']): Map<string, string> {
  return new Map([...mistakes].map(([name, mistake]) => [name, wordsOf(mistake, texts)]))
}

function wordsOf(mistake: Mistake, { mistakes, formats }: Texts['install']): string {
  if ('bound' in mistake) return mistakes[mistake.code](mistake.bound)
  return mistake.code === 'format' ? formats[mistake.format] : mistakes[mistake.code]
}
