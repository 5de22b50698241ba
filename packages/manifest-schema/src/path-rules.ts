import type { CheckedManifest } from './checked-manifest.ts'
import { type Finding, findingsOf, type RuleTable } from './finding.ts'
import { type JsonPath, pathText } from './json-path.ts'
import { limits } from './limits.ts'
import { packageLayout } from './package-layout.ts'
import { quote } from './visible-text.ts'

const pictures = ['png', 'jpg', 'jpeg', 'webp', 'svg', 'gif', 'avif']

export const pathRules = {
  'manifest-path': {
    severity: 'error',
    summary: 'A path is not a plain path inside the plugin folder, the same on every system.',
    fix: 'Write it relative to the plugin folder, with `/`, without `.` and `..`.',
  },
  'manifest-path-picture': {
    severity: 'error',
    summary: `The icon or a screenshot is not a picture (${pictures.join(', ')}) under \`${packageLayout.assetsFolder}\`, where pictures are packed from.`,
    fix: `Put the picture under \`${packageLayout.assetsFolder}\` and write its path.`,
  },
  'manifest-path-setup': {
    severity: 'error',
    summary: 'The file that is shown after install is not a Markdown file (`.md`).',
    fix: 'Write the instructions in Markdown, in a file that ends with `.md`.',
  },
} as const satisfies RuleTable
const finding = findingsOf(pathRules)

export function* checkPaths(manifest: CheckedManifest): Iterable<Finding> {
  const icon = manifest.part('icon')
  if (icon !== undefined) yield* checkPicture(icon, ['icon'], manifest)
  for (const [index, screenshot] of (manifest.part('screenshots') ?? []).entries()) {
    yield* checkPicture(screenshot.path, ['screenshots', index, 'path'], manifest)
  }
  for (const key of ['frontend', 'backend'] as const) {
    const part = manifest.part(key)
    if (part !== undefined) yield* checkPath(part.entry, [key, 'entry'], manifest)
  }
  const setup = manifest.part('setup')
  if (setup === undefined) return
  yield* checkPath(setup, ['setup'], manifest)
  if (!setup.toLowerCase().endsWith('.md')) {
    yield finding(
      'manifest-path-setup',
      `setup is ${quote(setup)}, which is not a Markdown file.`,
      manifest.place(['setup']),
    )
  }
}

/** A finding when the path at `at` is not plain. */
export function* checkPath(path: string, at: JsonPath, manifest: CheckedManifest): Iterable<Finding> {
  const problem = pathProblem(path)
  if (problem === undefined) return
  const better = cleaned(path)
  const fix = pathProblem(better) === undefined ? `Write ${quote(better)}.` : undefined
  yield finding('manifest-path', `${pathText(at)} is ${quote(path)}: ${problem}.`, { ...manifest.place(at), fix })
}

function* checkPicture(path: string, at: JsonPath, manifest: CheckedManifest): Iterable<Finding> {
  yield* checkPath(path, at, manifest)
  if (isPicture(cleaned(path))) return
  const message = `${pathText(at)} is ${quote(path)}, which is not a picture under \`${packageLayout.assetsFolder}\`.`
  yield finding('manifest-path-picture', message, manifest.place(at))
}

/** What was probably meant by a path that is not plain. */
function cleaned(path: string): string {
  const segments = path.replaceAll('\\', '/').split('/')
  return segments.filter((segment) => segment !== '' && segment !== '.').join('/')
}

/** Whether a path names a picture where pictures of a package stand. */
export function isPicture(path: string): boolean {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  return path.startsWith(packageLayout.assetsFolder) && pictures.includes(extension)
}

/** Why a path cannot be written into every package and folder; undefined when it can. */
export function pathProblem(path: string): string | undefined {
  const segments = path.split('/')
  if (path.includes('\\')) return 'it has a backslash'
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'it does not start in the plugin folder'
  if (segments.includes('..')) return 'it leaves the plugin folder'
  if (segments.includes('.') || segments.includes('')) return 'it has an empty step or a `.`'
  if (/[<>:"|?*\n\r\t]/.test(path)) return 'it has a character that some systems refuse'
  if (segments.some((segment) => /^ |[ .]$/.test(segment)))
    return 'a step starts or ends with a space or ends with a dot'
  if (new TextEncoder().encode(path).length > limits.pathBytes.max)
    return `it is longer than ${limits.pathBytes.max} bytes`
  if (segments.length > limits.pathDepth.max) return `it is deeper than ${limits.pathDepth.max} levels`
  return undefined
}
