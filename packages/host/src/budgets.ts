import { HostError } from './host-errors.ts'

/** Milliseconds after which people feel that a page stands still. */
const renderLimit = 500

/** Uncompressed; what the registry lets in. A page that loads more is not waited for. */
const bundleLimit = 4 * 1024 * 1024

/** What to say of a component that keeps the page from answering while it renders. */
export function slowRender(title: string, milliseconds: number): HostError | undefined {
  if (milliseconds <= renderLimit) return undefined
  const took = (milliseconds / 1000).toFixed(1)
  return new HostError('render_slow', `“${title}” took ${took} s to render; ${renderLimit / 1000} s is what it may.`)
}

/** What to say of a bundle whose scripts are too large together, as far as the browser tells their sizes. */
export function heavyBundle(urls: readonly string[]): HostError | undefined {
  const sizes = urls.map((url) => {
    const [entry] = performance.getEntriesByName(url, 'resource') as PerformanceResourceTiming[]
    return entry?.decodedBodySize ?? 0
  })
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  if (bytes <= bundleLimit) return undefined
  const megabytes = (bytes / 1024 / 1024).toFixed(1)
  return new HostError(
    'bundle_heavy',
    `The bundle has ${megabytes} MB; ${bundleLimit / 1024 / 1024} MB is what it may.`,
  )
}
