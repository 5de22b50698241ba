// `pnpm typing`: 40 searches typed key by key into the marketplace, from each key to the painted results of what was
// typed. `PLEXICA_BENCH_SIZES=1000,100000` chooses how many plugins there are. Ends with 1 above the bar.
import { launchBrowser } from '../packages/host/test/find-browser.ts'
import { type CorpusLine, startSeededSite } from './seeded-site.ts'

/** Milliseconds in which 95 of 100 keys have their results painted. */
const most = 100
const queries = 40
const sizes = (process.env.PLEXICA_BENCH_SIZES ?? '100000').split(',').map(Number)

let missed = false
for (const size of sizes) {
  const site = await startSeededSite(size)
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ baseURL: site.url, viewport: { width: 1440, height: 900 } })
    await page.addInitScript(watchTyping)
    const times: number[] = []
    // The first is for the machine to wake up.
    for (const [index, query] of queriesOf(site.corpus).entries()) {
      const taken = await type(page, query)
      if (index > 0) times.push(...taken)
    }
    const [p50, p95, p99] = [50, 95, 99].map((share) => percentile(times, share)) as [number, number, number]
    missed ||= p95 >= most
    console.log(`${site.added} plugins, ${times.length} keys of ${queries} searches, from a key to its painted results`)
    console.log(`  p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms; bar: p95 < ${most} ms`)
  } finally {
    await browser.close()
    await site.stop()
  }
}
process.exitCode = missed ? 1 : 0

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof launchBrowser>>['newPage']>>

/** Milliseconds of each key of one search. */
async function type(page: Page, query: string): Promise<number[]> {
  await page.goto('/')
  await page.getByRole('article').first().waitFor()
  const times: number[] = []
  await page.getByRole('combobox', { name: 'Search plugins' }).focus()
  for (let length = 1; length <= query.length; length++) {
    // Results of a text that ends with a gap are those of the text without.
    const isGap = query[length - 1] === ' '
    await page.evaluate('window.typing.begin()')
    await page.keyboard.press(query[length - 1] === ' ' ? 'Space' : (query[length - 1] ?? ''))
    if (!isGap)
      times.push(await page.evaluate<number>(`window.typing.painted(${JSON.stringify(query.slice(0, length))})`))
  }
  return times
}

/**
 * Runs in the page before its own scripts: remembers when a key came, and tells how long it was until a frame showed the
 * heading of that search over a list that is not of another one.
 */
function watchTyping(): void {
  let pressed = 0
  addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), { capture: true })
  Object.assign(window, {
    typing: {
      begin: () => (pressed = 0),
      painted: (text: string) =>
        new Promise<number>((resolve) => {
          const look = () => {
            const isThere =
              document.querySelector('main section h2[tabindex="-1"]')?.textContent?.includes(`\u2068${text}\u2069`) &&
              document.querySelector('[aria-busy="true"]') === null
            if (!isThere) return false
            observer.disconnect()
            // The first frame after the change, and what follows it: by then it is on the screen.
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel()
              port1.onmessage = () => resolve(performance.now() - pressed)
              port2.postMessage(undefined)
            })
            return true
          }
          const observer = new MutationObserver(look)
          observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
          look()
        }),
    },
  })
}

/** Searches of one and two words out of the plugins' own names and descriptions, the same for the same corpus. */
function queriesOf(corpus: readonly CorpusLine[]): string[] {
  const step = Math.floor(corpus.length / (queries + 1))
  return Array.from({ length: queries + 1 }, (_, index) => {
    const { name = '', description = '' } = corpus[index * step] ?? {}
    const words = `${name} ${description}`.toLowerCase().match(/[a-z]{3,12}/g) ?? ['plugin']
    return words.slice(0, 1 + (index % 2)).join(' ')
  })
}

function percentile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor((times.length * share) / 100))] ?? 0
}
