import { type Finding, limits } from '@plexica/manifest-schema/validate'
import { type ArchiveCode, archiveFinding } from './archive-rules.ts'
import { printable } from './printable.ts'

const control = /\p{Cc}/u
const invisible = /[\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{DI}]|(?! )\p{Zs}/u
/** Names that open a device, whatever extension follows (Microsoft, "Naming Files, Paths, and Namespaces"). */
const device = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i
const forbiddenOnWindows = /[<>:"|?*]/

/** All that is wrong with one path of an archive, whatever else the archive holds. */
export function pathFindings(path: string): Finding[] {
  const shown = printable(path)
  const found: Finding[] = []
  const add = (code: ArchiveCode, message: string) => found.push(archiveFinding(code, message, { path: shown }))
  const segments = path.split('/')
  const drive = /^[a-z]:/i.test(path)

  if (path.startsWith('/')) add('archive-path-absolute', `\`${shown}\` is an absolute path.`)
  else if (segments.some((segment) => segment === '' || segment === '.'))
    add('archive-path-not-plain', `\`${shown}\` has an empty or \`.\` segment.`)
  if (path.split(/[/\\]/).includes('..')) add('archive-path-parent', `\`${shown}\` has a \`..\` segment.`)
  if (path.includes('\\')) add('archive-path-backslash', `\`${shown}\` has a backslash.`)
  if (drive) add('archive-path-drive', `\`${shown}\` starts with a drive.`)
  if (path.includes('\uFFFD')) add('archive-path-encoding', `\`${shown}\` is not UTF-8.`)
  if (control.test(path)) add('archive-path-control', `\`${shown}\` has a control character.`)
  if (invisible.test(path)) add('archive-path-invisible', `\`${shown}\` has an invisible character.`)
  if (path.normalize('NFC') !== path) add('archive-path-not-nfc', `\`${shown}\` is not in Unicode form NFC.`)
  const bytes = Buffer.byteLength(path)
  if (bytes > limits.pathBytes.max)
    add('archive-path-too-long', `\`${shown}\` has ${bytes} bytes, ${limits.pathBytes.max} are allowed.`)
  if (segments.length > limits.pathDepth.max)
    add('archive-path-too-deep', `\`${shown}\` has ${segments.length} levels, ${limits.pathDepth.max} are allowed.`)
  const reserved = segments.find(isReserved)
  if (reserved !== undefined && !drive)
    add('archive-path-reserved', `Windows cannot hold \`${printable(reserved)}\` in \`${shown}\`.`)
  return found
}

function isReserved(segment: string): boolean {
  if (segment === '.' || segment === '..') return false
  return device.test(segment) || /[. ]$/.test(segment) || forbiddenOnWindows.test(segment)
}

/** What case-insensitive and Unicode-normalizing file systems make of a path. */
export function foldPath(path: string): string {
  return path.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC')
}

/** What is wrong with the paths of an archive taken together. Paths are given in the archive's order. */
export function collisionFindings(paths: readonly string[]): Finding[] {
  const found: Finding[] = []
  const seen = new Set<string>()
  const collided = new Set<string>()
  const files = new Map<string, string>()
  const folders = new Map<string, string>()
  const collide = (names: Map<string, string>, name: string) => {
    const folded = foldPath(name)
    const other = names.get(folded)
    if (other === undefined) names.set(folded, name)
    else if (other !== name && !collided.has(name)) {
      collided.add(name)
      const message = `\`${name}\` and \`${other}\` differ only by case or Unicode form.`
      found.push(archiveFinding('archive-name-collision', message, { path: name }))
    }
  }
  for (const path of paths) {
    if (seen.has(path)) {
      found.push(archiveFinding('archive-duplicate-entry', `\`${path}\` is in the archive twice.`, { path }))
      continue
    }
    seen.add(path)
    collide(files, path)
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1))
      collide(folders, path.slice(0, slash))
  }
  for (const [folded, path] of files)
    if (folders.has(folded)) {
      const message = `\`${path}\` is a file, and another entry needs a folder of that name.`
      found.push(archiveFinding('archive-file-and-folder', message, { path }))
    }
  return found
}
