import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { type Format, formatFor } from './format.ts'
import { type Language, loadTexts, rememberLanguage, type Texts } from './texts.ts'

interface Spoken {
  readonly language: Language
  readonly texts: Texts
  readonly format: Format
  readonly speak: (language: Language) => Promise<void>
}

const LanguageContext = createContext<Spoken | undefined>(undefined)

export function LanguageProvider({ children, ...first }: { language: Language; texts: Texts; children: ReactNode }) {
  const [{ language, texts }, setSpoken] = useState(first)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const spoken = useMemo(
    () => ({
      language,
      texts,
      format: formatFor(language),
      speak: async (next: Language) => {
        setSpoken({ language: next, texts: await loadTexts(next) })
        rememberLanguage(next)
      },
    }),
    [language, texts],
  )
  return <LanguageContext.Provider value={spoken}>{children}</LanguageContext.Provider>
}

export function useLanguage(): Spoken {
  const spoken = useContext(LanguageContext)
  if (!spoken) throw new Error('Render this inside of <LanguageProvider>.')
  return spoken
}

/** What the pages say, in the language of whoever looks. */
export function useTexts(): Texts {
  return useLanguage().texts
}

/** Numbers, sizes and times as that language writes them. */
export function useFormat(): Format {
  return useLanguage().format
}
