/** Every object's key. Keys name content by its SHA-256, so that writing twice is harmless. */
export const blobKeys = {
  /** The package as it was uploaded; `sha256` is of the `.tar.gz`. */
  package: (sha256: string) => `packages/${sha256}.tar.gz`,
  /** All of a bundle's scripts and assets for one approved digest. */
  file: (digest: string, path: string) => `files/${digest}/${path}`,
} as const

/** Content encodings that are made once, beside the plain file, for what compresses. */
export const encodings = { br: '.br', gzip: '.gz' } as const
export type Encoding = keyof typeof encodings
