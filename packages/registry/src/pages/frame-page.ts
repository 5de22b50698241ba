import { createHash } from 'node:crypto'
import type { PageFiles } from './page-files.ts'

/** The page that the registry's pages bring for plugins to run in. */
export const framePath = '/preview.html'

export interface FramePage {
  readonly html: string
  /** Addresses of its scripts. */
  readonly scripts: readonly string[]
}

/** Undefined where no pages were built. */
export function findFramePage(files: PageFiles | undefined): FramePage | undefined {
  const html = files?.get(framePath)?.identity.bytes.toString()
  return html === undefined
    ? undefined
    : { html, scripts: [...html.matchAll(assetAddress)].map(([, path = '']) => path) }
}

/** As the build writes them: from the root of where the pages are. */
const assetAddress = /(?<= (?:src|href)=")(\/assets\/[^"]+)(?=")/g

/** The page as it stands when its scripts are elsewhere than it is: at this address. */
export function frameAt({ html, scripts }: FramePage, registry: string): FramePage {
  const placed = (path: string) => new URL(path, registry).href
  return { html: html.replace(assetAddress, placed), scripts: scripts.map(placed) }
}

export function etagOf(...parts: readonly string[]): string {
  return `"${createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 27)}"`
}
