import type { PageFiles } from './page-files.ts'

/** What the build says that browsers should ask for together with a page. */
interface PagePreload {
  /** Such as `/plugins/:pluginId` */
  readonly path: string
  /** Values of the field `Link` (RFC 8288), with the path's parameters in them. */
  readonly links: readonly string[]
}

/** For the path of a page: the field `Link` of its answer, where there is something to ask for. */
export type LinkOf = (path: string) => string | undefined

/** Reads what the build has written beside the pages; links for nothing where it has written none. */
export function linksOfPages(files: PageFiles | undefined): LinkOf {
  const written = files?.get('/preloads.json')
  const preloads: PagePreload[] = written ? JSON.parse(written.identity.bytes.toString()) : []
  const rows = preloads.map(({ path, links }) => ({ pattern: patternOf(path), field: links.join(', ') }))
  return (path) => {
    for (const { pattern, field } of rows) {
      const found = pattern.exec(path)
      if (found) return field.replaceAll(/:(\w+)/g, (whole, name) => found.groups?.[name] ?? whole)
    }
    return undefined
  }
}

/** A parameter is one segment of harmless letters: ids are, and nothing else gets into a header. */
function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[a-z0-9-]+)')}$`)
}
