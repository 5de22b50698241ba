import * as english from './en/index.ts'

/** All that the pages say, by feature. English is the catalogue that others follow, and there from the beginning. */
export type Texts = typeof english

export const languages = { en: 'English', it: 'Italiano' } as const
export type Language = keyof typeof languages

const catalogues: Record<Language, () => Promise<Texts>> = {
  en: async () => english,
  it: () => import('./it/index.ts'),
}

export function loadTexts(language: Language): Promise<Texts> {
  return catalogues[language]()
}

const stored = 'plexica-language'

/** The language that was chosen here before, else the first of the browser's that there is. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(stored), ...navigator.languages.map((tag) => tag.split('-')[0])]
  return wanted.find((tag): tag is Language => tag != null && Object.hasOwn(languages, tag)) ?? 'en'
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(stored, language)
}
