import { type Finding, findingsOf, limits, type RuleTable } from '@plexica/manifest-schema/validate'

const repack = 'Build the package again with `plexica pack`.'
const rename = 'Rename the file and build the package again.'
const megabytes = (limit: { max: number }) => `${limit.max / 1024 / 1024} MB`

/** What may be wrong with the archive itself, before anybody looks into its files. */
export const archiveRules = {
  'archive-too-large': {
    severity: 'error',
    summary: `The package is larger than ${megabytes(limits.packageBytes)}. ${limits.packageBytes.reason}`,
    fix: 'Remove what the plugin does not need at run time, or serve large media from a server.',
  },
  'archive-unpacked-too-large': {
    severity: 'error',
    summary: `The package unpacks to more than ${megabytes(limits.unpackedBytes)}. ${limits.unpackedBytes.reason}`,
    fix: 'Remove what the plugin does not need at run time.',
  },
  'archive-ratio': {
    severity: 'error',
    summary: `The package unpacks to more than ${limits.compressionRatio.max} times its size. ${limits.compressionRatio.reason}`,
    fix: 'Remove the file that is nothing but repetition.',
  },
  'archive-entry-too-large': {
    severity: 'error',
    summary: `A file is larger than ${megabytes(limits.entryBytes)}. ${limits.entryBytes.reason}`,
    fix: 'Make the file smaller or serve it from a server.',
  },
  'archive-too-many-entries': {
    severity: 'error',
    summary: `The package has more than ${limits.entries.max} entries. ${limits.entries.reason}`,
    fix: 'Bundle the code and leave out what is not used.',
  },
  'archive-not-gzip': {
    severity: 'error',
    summary: 'The package is not a gzip file (RFC 1952).',
    fix: 'Upload the `.tar.gz` that `plexica pack` wrote.',
  },
  'archive-gzip-truncated': {
    severity: 'error',
    summary: 'The gzip data stops before its end: the file was cut off.',
    fix: 'Upload the package again.',
  },
  'archive-gzip-corrupt': {
    severity: 'error',
    summary: 'The gzip data is damaged, or its checksum or length does not match.',
    fix: 'Upload the package again; if it stays damaged, build it again with `plexica pack`.',
  },
  'archive-gzip-trailing-bytes': {
    severity: 'error',
    summary: 'Bytes follow the end of the gzip data. Several gzip members in a row are allowed (RFC 1952, 2.2).',
    fix: repack,
  },
  'archive-empty': {
    severity: 'error',
    summary: 'The archive holds no entry.',
    fix: 'Build the plugin and pack it with `plexica pack`.',
  },
  'archive-tar-truncated': {
    severity: 'error',
    summary: 'The tar stops inside an entry, or without the two zero blocks that end it (POSIX ustar).',
    fix: repack,
  },
  'archive-header-checksum': {
    severity: 'error',
    summary: 'The checksum of an entry header does not match. Nothing behind it can be believed.',
    fix: repack,
  },
  'archive-header-malformed': {
    severity: 'error',
    summary: 'An entry header is not a ustar header, or readers would disagree about what it says.',
    fix: repack,
  },
  'archive-header-size': {
    severity: 'error',
    summary: 'The size in an entry header is missing, negative or not a number.',
    fix: repack,
  },
  'archive-bytes-after-end': {
    severity: 'error',
    summary: 'Data follows the zero blocks that end the tar, where most readers never look.',
    fix: repack,
  },
  'archive-pax-global': {
    severity: 'error',
    summary: 'A global PAX header changes every entry behind it.',
    fix: repack,
  },
  'archive-pax-malformed': {
    severity: 'error',
    summary: 'A PAX or GNU extension header is damaged, too large, doubled or belongs to no entry.',
    fix: repack,
  },
  'archive-pax-disagrees': {
    severity: 'error',
    summary: 'A PAX header gives an entry another path, size or link than its own header: readers would disagree.',
    fix: repack,
  },
  'archive-gnu-name-disagrees': {
    severity: 'error',
    summary: 'A GNU long name gives an entry another path or link than its own header: readers would disagree.',
    fix: `Shorten the path to ${limits.pathBytes.max} bytes and build the package again with \`plexica pack\`.`,
  },
  'archive-sparse': {
    severity: 'error',
    summary: 'A sparse entry: its size on disk is not its size in the archive.',
    fix: repack,
  },
  'archive-symbolic-link': {
    severity: 'error',
    summary: 'A symbolic link can point outside the package.',
    fix: 'Replace the link by the file it points to.',
  },
  'archive-hard-link': {
    severity: 'error',
    summary: 'A hard link can point outside the package.',
    fix: 'Replace the link by the file it points to.',
  },
  'archive-device': { severity: 'error', summary: 'A device is not a file.', fix: 'Remove the entry.' },
  'archive-fifo': { severity: 'error', summary: 'A named pipe is not a file.', fix: 'Remove the entry.' },
  'archive-directory': {
    severity: 'warning',
    summary: 'A folder entry: packages hold files only, folders follow from their paths.',
    fix: repack,
  },
  'archive-unknown-type': {
    severity: 'error',
    summary: 'An entry of a type that is no regular file.',
    fix: repack,
  },
  'archive-path-absolute': {
    severity: 'error',
    summary: 'An absolute path would be written outside the package.',
    fix: repack,
  },
  'archive-path-parent': {
    severity: 'error',
    summary: 'A path with a `..` segment can lead outside the package.',
    fix: repack,
  },
  'archive-path-backslash': {
    severity: 'error',
    summary: 'A backslash separates folders on Windows and is a letter elsewhere.',
    fix: rename,
  },
  'archive-path-drive': {
    severity: 'error',
    summary: 'A path that starts with a drive (`C:`) leads outside the package on Windows.',
    fix: rename,
  },
  'archive-path-control': {
    severity: 'error',
    summary: 'A path with a NUL or another control character.',
    fix: rename,
  },
  'archive-path-invisible': {
    severity: 'error',
    summary: 'A path with characters that cannot be seen or that turn the direction of writing.',
    fix: rename,
  },
  'archive-path-encoding': { severity: 'error', summary: 'A path that is not UTF-8.', fix: rename },
  'archive-path-not-plain': {
    severity: 'error',
    summary: 'A path with an empty or `.` segment: one file would have several names.',
    fix: repack,
  },
  'archive-path-not-nfc': {
    severity: 'error',
    summary: 'A path that is not in Unicode form NFC: it looks like another path but is not the same.',
    fix: 'Rename the file to its composed form (NFC) and build the package again.',
  },
  'archive-path-reserved': {
    severity: 'error',
    summary: 'A name that Windows cannot hold (`CON`, `NUL`, `<`, `:`, a dot or space at the end).',
    fix: rename,
  },
  'archive-path-too-long': {
    severity: 'error',
    summary: `A path longer than ${limits.pathBytes.max} bytes. ${limits.pathBytes.reason}`,
    fix: 'Shorten the path.',
  },
  'archive-path-too-deep': {
    severity: 'error',
    summary: `A path deeper than ${limits.pathDepth.max} levels. ${limits.pathDepth.reason}`,
    fix: 'Move the file up.',
  },
  'archive-duplicate-entry': {
    severity: 'error',
    summary: 'Two entries have one path; which of them is meant is anybody’s guess.',
    fix: repack,
  },
  'archive-name-collision': {
    severity: 'error',
    summary: 'Two paths differ only by case or Unicode form and are one file on many machines.',
    fix: 'Rename one of them.',
  },
  'archive-file-and-folder': {
    severity: 'error',
    summary: 'A file stands where another entry needs a folder.',
    fix: 'Rename one of them.',
  },
} as const satisfies RuleTable

export const archiveFinding = findingsOf(archiveRules)

/** Said by whoever first sees that a package is over the limit: this package's reader, or a server before it reads. */
export function packageTooLarge(): Finding {
  return archiveFinding('archive-too-large', `The package is larger than ${limits.packageBytes.max} bytes.`)
}

export type ArchiveCode = keyof typeof archiveRules
