import { limits, type Platform } from '@plexica/manifest-schema/validate'
import { printable } from '../src/archive/printable.ts'
import { buildArchive, type CraftedEntry, gzip, joinBytes, paxData, tarEnd, tarEntry } from './build-archive.ts'

/** A package that one rule must notice. `bytes` builds it anew at each call; some are tens of megabytes large. */
export interface HostileArchive {
  name: string
  code: string
  bytes: () => Uint8Array
  /** The host product that the rule holds the package against. */
  platform?: Platform
}

const file: CraftedEntry = { path: 'dist/bundle.js', data: 'export {}\n' }
const of = (...entries: (CraftedEntry | Uint8Array)[]) => buildArchive([...entries, file])
const path = (code: string, path: CraftedEntry['path'], prefix = ''): HostileArchive => ({
  name: `the path ${typeof path === 'string' ? printable(path) : path}`,
  code,
  bytes: () => of({ path, prefix, data: 'x' }),
})
const type = (code: string, type: string, link = ''): HostileArchive => ({
  name: `an entry of type ${type}`,
  code,
  bytes: () => of({ path: 'dist/entry', type, link }),
})
const base256 = (value: bigint) => Buffer.from((value & ((1n << 96n) - 1n)).toString(16).padStart(24, '0'), 'hex')
const flip = (bytes: Uint8Array, fromEnd: number) => {
  const at = bytes.length - fromEnd
  bytes[at] = (bytes[at] as number) ^ 0x55
  return bytes
}
const deep = (levels: number) => `${'a/'.repeat(levels - 1)}b`

const wholeFile: HostileArchive[] = [
  { name: 'nothing at all', code: 'archive-not-gzip', bytes: () => new Uint8Array() },
  { name: 'a zip file', code: 'archive-not-gzip', bytes: () => Buffer.from('PK\x03\x04 and so on') },
  { name: 'a bare tar', code: 'archive-not-gzip', bytes: () => joinBytes(tarEntry(file), tarEnd) },
  { name: 'one byte', code: 'archive-gzip-truncated', bytes: () => Uint8Array.of(0x1f) },
  { name: 'a gzip file cut off', code: 'archive-gzip-truncated', bytes: () => of().slice(0, -3) },
  { name: 'a wrong gzip checksum', code: 'archive-gzip-corrupt', bytes: () => flip(of(), 6) },
  { name: 'a wrong gzip length', code: 'archive-gzip-corrupt', bytes: () => flip(of(), 2) },
  { name: 'damaged gzip data', code: 'archive-gzip-corrupt', bytes: () => flip(of(), 20) },
  {
    name: 'words behind the gzip data',
    code: 'archive-gzip-trailing-bytes',
    bytes: () => joinBytes(of(), Buffer.from('hello')),
  },
  {
    name: 'zeros behind the gzip data',
    code: 'archive-gzip-trailing-bytes',
    bytes: () => joinBytes(of(), new Uint8Array(3)),
  },
  {
    name: 'a member hidden behind zeros behind the gzip data',
    code: 'archive-gzip-trailing-bytes',
    bytes: () => joinBytes(of(), new Uint8Array(100), of()),
  },
  {
    name: 'a second archive behind the first',
    code: 'archive-bytes-after-end',
    bytes: () => joinBytes(of(), of({ path: 'dist/hidden.js', data: 'evil()' })),
  },
  {
    name: 'more packed bytes than allowed',
    code: 'archive-too-large',
    bytes: () => {
      const member = gzip(new Uint8Array())
      const count = Math.ceil((limits.packageBytes.max + 1) / member.length)
      return Buffer.alloc(count * member.length, member)
    },
  },
  {
    name: 'a bomb of ten gigabytes',
    code: 'archive-unpacked-too-large',
    bytes: () => {
      const member = gzip(Buffer.alloc(8 * 1024 * 1024))
      return Buffer.alloc(1280 * member.length, member)
    },
  },
  {
    name: 'a small bomb',
    code: 'archive-ratio',
    bytes: () => of({ path: 'assets/zeros.bin', data: Buffer.alloc(20 * 1024 * 1024) }),
  },
  {
    name: 'an entry larger than allowed',
    code: 'archive-entry-too-large',
    bytes: () => of({ path: 'assets/huge.bin', size: limits.entryBytes.max + 1 }),
  },
  {
    name: 'an entry that claims more than there is',
    code: 'archive-entry-too-large',
    bytes: () => of({ path: 'assets/huge.bin', size: base256((1n << 95n) + (1n << 80n)) }),
  },
  {
    name: 'more entries than allowed',
    code: 'archive-too-many-entries',
    bytes: () =>
      buildArchive(Array.from({ length: limits.entries.max + 1 }, (_, index) => ({ path: `assets/${index}` }))),
  },
]

const tarStructure: HostileArchive[] = [
  { name: 'a tar of nothing', code: 'archive-empty', bytes: () => buildArchive([]) },
  { name: 'a gzip file of nothing', code: 'archive-empty', bytes: () => gzip(new Uint8Array()) },
  { name: 'no zero blocks', code: 'archive-tar-truncated', bytes: () => gzip(tarEntry(file)) },
  { name: 'one zero block', code: 'archive-tar-truncated', bytes: () => buildArchive([file], new Uint8Array(512)) },
  {
    name: 'half a zero block more',
    code: 'archive-tar-truncated',
    bytes: () => buildArchive([file], new Uint8Array(700)),
  },
  { name: 'half a header', code: 'archive-tar-truncated', bytes: () => gzip(tarEntry(file).slice(0, 300)) },
  { name: 'half a file', code: 'archive-tar-truncated', bytes: () => gzip(tarEntry(file).slice(0, 515)) },
  {
    name: 'an entry that ends behind the tar',
    code: 'archive-tar-truncated',
    bytes: () => of({ path: 'assets/a', size: 5000 }),
  },
  {
    name: 'a gzip file of a text',
    code: 'archive-header-checksum',
    bytes: () => gzip(Buffer.from('hello '.repeat(200))),
  },
  {
    name: 'a wrong checksum',
    code: 'archive-header-checksum',
    bytes: () => of({ path: 'a', checksum: '012345\0 ' }),
  },
  {
    name: 'a checksum of spaces',
    code: 'archive-header-checksum',
    bytes: () => of({ path: 'a', checksum: '        ' }),
  },
  { name: 'no magic', code: 'archive-header-malformed', bytes: () => of({ path: 'a', magic: '\0'.repeat(8) }) },
  {
    name: 'a GNU header with a POSIX prefix',
    code: 'archive-header-malformed',
    bytes: () => of({ path: 'a', magic: 'ustar  \0', prefix: '/etc' }),
  },
  {
    name: 'a name hidden behind a NUL',
    code: 'archive-header-malformed',
    bytes: () => of({ path: 'dist/a.png\0.exe' }),
  },
  { name: 'an empty size', code: 'archive-header-size', bytes: () => of({ path: 'a', size: '\0'.repeat(12) }) },
  { name: 'a size in words', code: 'archive-header-size', bytes: () => of({ path: 'a', size: 'NaN\0' }) },
  {
    name: 'a size in octal and more',
    code: 'archive-header-size',
    bytes: () => of({ path: 'a', size: '0000001 777\0' }),
  },
  { name: 'a negative octal size', code: 'archive-header-size', bytes: () => of({ path: 'a', size: '-0000000001\0' }) },
  { name: 'a negative base-256 size', code: 'archive-header-size', bytes: () => of({ path: 'a', size: base256(-1n) }) },
  {
    name: 'words behind the end',
    code: 'archive-bytes-after-end',
    bytes: () => buildArchive([file], joinBytes(tarEnd, Buffer.from('hello'))),
  },
  {
    name: 'an entry behind one zero block',
    code: 'archive-bytes-after-end',
    bytes: () => buildArchive([file, new Uint8Array(512), file]),
  },
  {
    name: 'a whole tar behind the end',
    code: 'archive-bytes-after-end',
    bytes: () => buildArchive([file, tarEnd, { path: 'dist/hidden.js', data: 'evil()' }]),
  },
]

const pax = (records: Record<string, string>) => ({ path: 'PaxHeader/a', type: 'x', data: paxData(records) })
const extensions: HostileArchive[] = [
  {
    name: 'a global PAX header',
    code: 'archive-pax-global',
    bytes: () => of({ ...pax({ path: 'manifest.json' }), type: 'g' }),
  },
  { name: 'another path by PAX', code: 'archive-pax-disagrees', bytes: () => of(pax({ path: '../../evil' })) },
  { name: 'another size by PAX', code: 'archive-pax-disagrees', bytes: () => of(pax({ size: '512' })) },
  { name: 'a link by PAX', code: 'archive-pax-disagrees', bytes: () => of(pax({ linkpath: '/etc/passwd' })) },
  {
    name: 'a PAX record that lies about its length',
    code: 'archive-pax-malformed',
    bytes: () => of({ path: 'x', type: 'x', data: '99 path=a\n' }),
  },
  {
    name: 'a PAX key twice',
    code: 'archive-pax-malformed',
    bytes: () => of({ path: 'x', type: 'x', data: '17 comment=hello\n'.repeat(2) }),
  },
  { name: 'an empty PAX header', code: 'archive-pax-malformed', bytes: () => of({ path: 'x', type: 'x' }) },
  { name: 'two PAX headers', code: 'archive-pax-malformed', bytes: () => of(pax({ mtime: '1' }), pax({ mtime: '2' })) },
  {
    name: 'a PAX header of no entry',
    code: 'archive-pax-malformed',
    bytes: () => buildArchive([file, pax({ mtime: '1' })]),
  },
  {
    name: 'a huge PAX header',
    code: 'archive-pax-malformed',
    bytes: () => of(pax({ comment: 'a'.repeat(100_000) })),
  },
  {
    name: 'another name by GNU',
    code: 'archive-gnu-name-disagrees',
    bytes: () => of({ path: '././@LongLink', type: 'L', data: '../../evil\0' }),
  },
  {
    name: 'another link by GNU',
    code: 'archive-gnu-name-disagrees',
    bytes: () => of({ path: '././@LongLink', type: 'K', data: '/etc/passwd\0' }),
  },
  {
    name: 'a GNU name without its NUL',
    code: 'archive-pax-malformed',
    bytes: () => of({ path: '././@LongLink', type: 'L', data: 'dist/bundle.js' }),
  },
  {
    name: 'a sparse entry by PAX',
    code: 'archive-sparse',
    bytes: () => of(pax({ 'GNU.sparse.major': '1', 'GNU.sparse.name': 'evil' })),
  },
  { name: 'a sparse entry of GNU', code: 'archive-sparse', bytes: () => of({ path: 'a', type: 'S' }) },
]

const types: HostileArchive[] = [
  type('archive-symbolic-link', '2', '/etc/passwd'),
  type('archive-hard-link', '1', 'dist/bundle.js'),
  type('archive-device', '3'),
  type('archive-device', '4'),
  type('archive-directory', '5'),
  type('archive-fifo', '6'),
  type('archive-unknown-type', '7'),
  type('archive-unknown-type', 'Z'),
  {
    name: 'a link with content that only some readers skip',
    code: 'archive-header-size',
    bytes: () => of({ path: 'dist/link', type: '2', link: 'a', data: tarEntry(file) }),
  },
]

const paths: HostileArchive[] = [
  path('archive-path-absolute', '/etc/passwd'),
  path('archive-path-absolute', 'passwd', '/etc'),
  path('archive-path-parent', '../evil.js'),
  path('archive-path-parent', 'dist/../../evil.js'),
  path('archive-path-parent', 'evil.js', 'dist/..'),
  path('archive-path-parent', 'dist\\..\\evil.js'),
  path('archive-path-backslash', 'dist\\evil.js'),
  path('archive-path-drive', 'C:/Windows/evil.js'),
  path('archive-path-drive', 'c:evil.js'),
  path('archive-path-control', 'dist/a\nb.js'),
  path('archive-path-control', 'dist/\u001b[2Jb.js'),
  path('archive-path-control', 'dist/\u0085.js'),
  path('archive-path-invisible', 'dist/gnp\u202e.js'),
  path('archive-path-invisible', 'dist/bund\u200ble.js'),
  path('archive-path-invisible', 'dist/a\u00a0b.js'),
  path('archive-path-invisible', 'dist/\u3164.js'),
  path('archive-path-encoding', Buffer.from([0x64, 0xff, 0xfe])),
  path('archive-path-not-plain', ''),
  path('archive-path-not-plain', './dist/a.js'),
  path('archive-path-not-plain', 'dist//a.js'),
  path('archive-path-not-plain', 'dist/folder/'),
  path('archive-path-not-nfc', 'assets/e\u0301.png'),
  path('archive-path-reserved', 'assets/CON'),
  path('archive-path-reserved', 'assets/nul.txt'),
  path('archive-path-reserved', 'com1/a.js'),
  path('archive-path-reserved', 'assets/a.'),
  path('archive-path-reserved', 'assets/a /b'),
  path('archive-path-reserved', 'assets/a.js:stream'),
  path('archive-path-too-long', 'b'.repeat(100), 'a'.repeat(150)),
  path('archive-path-too-deep', deep(limits.pathDepth.max + 1)),
]

const together: HostileArchive[] = [
  { name: 'an entry twice', code: 'archive-duplicate-entry', bytes: () => of(file) },
  {
    name: 'names that differ by case',
    code: 'archive-name-collision',
    bytes: () => of({ path: 'dist/BUNDLE.js' }),
  },
  {
    name: 'folders that differ by case',
    code: 'archive-name-collision',
    bytes: () => of({ path: 'Dist/other.js' }),
  },
  {
    name: 'names that differ by case folding alone',
    code: 'archive-name-collision',
    bytes: () => of({ path: 'assets/straße' }, { path: 'assets/STRASSE' }),
  },
  {
    name: 'a file before the folder of that name',
    code: 'archive-file-and-folder',
    bytes: () => of({ path: 'dist' }),
  },
  {
    name: 'a file behind the folder of that name',
    code: 'archive-file-and-folder',
    bytes: () => of({ path: 'assets/a/b' }, { path: 'assets/A' }),
  },
]

/** Crafted packages for each rule about the archive itself, whatever its files are. */
export const crookedArchives: readonly HostileArchive[] = [
  ...wholeFile,
  ...tarStructure,
  ...extensions,
  ...types,
  ...paths,
  ...together,
]
