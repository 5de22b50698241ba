/** A limit, its unit and why it stands where it stands. The documentation's table is made from these. */
export interface Limit {
  readonly max: number
  readonly unit: 'bytes' | 'entries' | 'characters' | 'times' | 'items' | 'levels' | 'milliseconds' | 'steps'
  readonly reason: string
}

const KiB = 1024
const MiB = 1024 * KiB

export const limits = {
  packageBytes: {
    max: 50 * MiB,
    unit: 'bytes',
    reason: 'A plugin is code and pictures; larger media belongs on a server.',
  },
  unpackedBytes: {
    max: 200 * MiB,
    unit: 'bytes',
    reason: 'Four times the packed size leaves room for source maps and stops bombs.',
  },
  entries: { max: 5_000, unit: 'entries', reason: 'Each file of a bundle is a row and a request.' },
  entryBytes: { max: 50 * MiB, unit: 'bytes', reason: 'No single file may be larger than a whole package.' },
  compressionRatio: {
    max: 200,
    unit: 'times',
    reason: 'Minified code shrinks 3 to 10 times; hundreds of times is a bomb.',
  },
  pathBytes: { max: 200, unit: 'bytes', reason: 'Fits one ustar header and every file system.' },
  pathDepth: { max: 12, unit: 'levels', reason: 'Deeper trees are accidents.' },
  manifestBytes: { max: 256 * KiB, unit: 'bytes', reason: 'A manifest is read whole and shown to people.' },
  manifestDepth: { max: 32, unit: 'levels', reason: 'The deepest manifest with a meaning has half as many.' },
  textCharacters: {
    max: 4_000,
    unit: 'characters',
    reason: 'No text of a manifest is longer; long texts belong into README.md.',
  },
  readmeBytes: { max: 1 * MiB, unit: 'bytes', reason: 'It is rendered on the plugin page.' },
  changelogBytes: { max: 1 * MiB, unit: 'bytes', reason: 'It is rendered on the plugin page.' },
  sbomBytes: { max: 2 * MiB, unit: 'bytes', reason: 'Some thousand components fit.' },
  scriptBytes: {
    max: 4 * MiB,
    unit: 'bytes',
    reason: 'All scripts of a package together: every one is parsed, and a page that loads more is not waited for.',
  },
  screenshots: { max: 10, unit: 'items', reason: 'A gallery that is looked at.' },
  tags: { max: 10, unit: 'items', reason: 'More tags find less.' },
  components: { max: 50, unit: 'items', reason: 'A palette that can be read.' },
  fieldDepth: { max: 5, unit: 'levels', reason: 'A form deeper than this cannot be filled in.' },
  fields: { max: 50, unit: 'items', reason: 'A form longer than this is not filled in.' },
  configProperties: { max: 50, unit: 'items', reason: 'A form longer than this is not filled in.' },
  patternSteps: {
    max: 20_000_000,
    unit: 'steps',
    reason: 'A regular expression of a stranger runs on the registry; this many steps take about 0.2 seconds.',
  },
  findings: { max: 500, unit: 'items', reason: 'After so many, the rest says nothing new.' },
} as const satisfies Record<string, Limit>
