/** What is read of a record of the corpus. */
export interface CorpusLine {
  name: string
  description: string
}

/** Queries of each kind. */
const each = 40

/**
 * The fixed mix of searches, by kind, the same for the same corpus: what people type into a marketplace, broad and
 * narrow. Words come from the plugins' own names and descriptions.
 */
export function searchPaths(corpus: readonly CorpusLine[]): Record<string, string[]> {
  const from = sampler(corpus)
  const search = (query: Record<string, string>) => `/api/plugins/search?${new URLSearchParams(query)}`
  const many = (make: (index: number) => Record<string, string>) =>
    Array.from({ length: each }, (_, index) => search(make(index)))
  const categories = ['analytics', 'content', 'design', 'developer-tools', 'security']
  return {
    'one word': many(() => ({ q: from.word() })),
    'two words': many(() => ({ q: `${from.word()} ${from.sameWord()}` })),
    'prefix of 1': many((index) => ({ q: 'abcdefghijklmnopqrstuvwxyz'[index % 26] ?? '' })),
    'prefix of 2 or 3': many((index) => ({ q: from.word().slice(0, 2 + (index % 2)) })),
    'prefix of 4 or 5': many((index) => ({ q: from.word(6).slice(0, 4 + (index % 2)) })),
    typo: many(() => ({ q: slip(from.word(6)) })),
    'word, category and price': many((index) => ({
      q: from.word(),
      category: categories[index % categories.length] ?? '',
      priceType: 'free',
    })),
    'word, rating and order': many((index) => ({
      q: from.word(),
      minRating: '3',
      sortBy: ['rating', 'downloads', 'newest'][index % 3] ?? '',
    })),
    'no words': many((index) => ({
      sortBy: ['relevance', 'rating', 'downloads', 'newest'][index % 4] ?? '',
      ...(index % 2 ? { category: categories[index % categories.length] ?? '' } : {}),
    })),
  }
}

/** What a page asks for while somebody types a name, letter by letter. */
export function suggestPaths(corpus: readonly CorpusLine[]): Record<string, string[]> {
  const from = sampler(corpus)
  const suggest = (q: string) => `/api/plugins/suggest?${new URLSearchParams({ q })}`
  const many = (make: (index: number) => string) => Array.from({ length: each }, (_, index) => suggest(make(index)))
  return {
    '1 letter': many((index) => 'abcdefghijklmnopqrstuvwxyz'[index % 26] ?? ''),
    '2 or 3 letters': many((index) => from.name().slice(0, 2 + (index % 2))),
    '4 to 7 letters': many((index) => from.name().slice(0, 4 + (index % 4))),
    'a word and a letter': many(() => `${from.word()} ${from.sameWord().slice(0, 1)}`),
    'the whole name': many(() => from.name()),
    typo: many(() => slip(from.word(6))),
  }
}

function sampler(corpus: readonly CorpusLine[]) {
  let state = 42
  const below = (count: number) => {
    // A linear congruential generator (Knuth's constants, 32 bits) is random enough to choose words.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * count)
  }
  const wordsOf = (text: string) => text.toLowerCase().match(/[a-z]{3,}/g) ?? []
  let last: string[] = []
  const word = (least = 3): string => {
    for (;;) {
      const line = corpus[below(corpus.length)]
      const all = wordsOf(`${line?.name} ${line?.description}`)
      const words = all.filter((one) => one.length >= least)
      const chosen = words[below(words.length)]
      if (chosen === undefined) continue
      last = all
      return chosen
    }
  }
  return {
    word,
    /** Another word of the plugin whose word was given last. */
    sameWord: () => last[below(last.length)] ?? '',
    name: () => corpus[below(corpus.length)]?.name.replace(/^@/, '') ?? '',
  }
}

/** Two letters swapped. */
function slip(word: string): string {
  return `${word.slice(0, 2)}${word[3] ?? 'x'}${word[2] ?? ''}${word.slice(4)}`
}
