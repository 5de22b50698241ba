import type { Console } from '../console.ts'
import type { PackedFile } from '../pack/pack-archive.ts'
import { bytesText, countText } from '../style.ts'

/** So many files of one folder, and so many folders, are listed for people; `--json` lists all. */
const listed = 12

/** The files under their folders, with the sizes of both. Of a large folder the largest files are listed. */
export function sayFileTree(console: Console, files: readonly PackedFile[]): void {
  const folders = new Map<string, PackedFile[]>()
  for (const file of files) {
    const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1)
    folders.set(folder, [...(folders.get(folder) ?? []), file])
  }
  const sorted = [...folders].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const rows = sorted.slice(0, listed).flatMap(([folder, inside]) => {
    const shown = inside.toSorted((a, b) => b.bytes - a.bytes).slice(0, listed)
    const rest = inside.filter((file) => !shown.includes(file))
    return [
      ...(folder === '' ? [] : [['', bytesText(sizeOf(inside)), folder]]),
      ...inside
        .filter((file) => shown.includes(file))
        .map(({ path, bytes }) => ['', bytesText(bytes), `${folder === '' ? '' : '· '}${path.slice(folder.length)}`]),
      ...(rest.length === 0
        ? []
        : [['', bytesText(sizeOf(rest)), `· … and ${countText(rest.length, 'smaller file')}`]]),
    ]
  })
  console.table(rows, { right: [1] })
  if (sorted.length > listed) console.say(`  … and ${countText(sorted.length - listed, 'more folder')}`)
}

function sizeOf(files: readonly PackedFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}
