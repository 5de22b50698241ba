/** Every object's key. Keys name content by its SHA-256, so that writing twice is harmless. */
export const blobKeys = {
  /** The package as it was uploaded; `sha256` is of the `.tar.gz`. */
  package: (sha256: string) => `packages/${sha256}.tar.gz`,
  /**
   * A script or asset of an approved digest. Encoded forms have a folder of their own: beside the plain file their
   * names could be those of other files of the package.
   */
  file: (digest: string, path: string, encoding: Encoding | 'identity' = 'identity') =>
    `files/${digest}/${encoding}/${path}`,
  /** What all keys of a kind begin with. */
  packages: 'packages/',
  files: 'files/',
  /** The hash or digest that a key was made from. */
  nameOf: (key: string) => key.split('/')[1]?.replace(/\.tar\.gz$/, '') ?? '',
} as const

/** Content encodings that are made once for what compresses, in the order in which they are preferred. */
export const encodings = ['br', 'gzip'] as const
export type Encoding = (typeof encodings)[number]

/** Throws for a key that could leave the store's folder or that no store could keep: a mistake in the program. */
export function checkBlobKey(key: string): void {
  const sound = key.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (!sound || key.startsWith('.') || /[\\\u0000-\u001f]/.test(key) || Buffer.byteLength(key) > 1_000) {
    throw new TypeError(`${JSON.stringify(key.slice(0, 100))} is not a blob key`)
  }
}
