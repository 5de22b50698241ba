/** A pattern and the words for what it allows. Every pattern of the schemas stands here, so that no message shows one. */
export interface Form {
  readonly pattern: string
  /** Completes "it must be …". */
  readonly words: string
}

export const forms = {
  /** Fits a DNS label, a folder and a URL without escaping. */
  pluginId: {
    pattern: '^[a-z][a-z0-9-]{1,62}$',
    words: '2 to 63 lower-case letters, digits and dashes, with a letter first',
  },
  /** Semantic version 2.0.0 (semver.org), without a leading `v`. */
  version: {
    pattern:
      '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$',
    words: 'a semantic version such as 1.4.0 or 2.0.0-beta.1',
  },
  /** `sha256-` and the 64 hex digits of the SHA-256 of a package's uncompressed tar. */
  digest: { pattern: '^sha256-[0-9a-f]{64}$', words: '`sha256-` and 64 hex digits' },
  tenantId: {
    pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
    words: '1 to 63 lower-case letters, digits and dashes, with no dash first',
  },
  permission: {
    pattern: '^[a-z][a-z0-9-]*(:[a-z][a-z0-9-]*)+$',
    words: 'a resource and an action in lower case, such as orders:read',
  },
  extensionPoint: {
    pattern: '^[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*$',
    words: 'a dotted name in lower case such as dashboard.widgets, or puck for the page editor',
  },
  tag: {
    pattern: '^[a-z0-9][a-z0-9-]{0,29}$',
    words: '1 to 30 lower-case letters, digits and dashes, with no dash first',
  },
  /** Never a version nor a range of versions, so that an address can name either. */
  channel: {
    pattern: '^(?!v*(?:\\d|x$))[a-z][a-z0-9-]{0,29}$',
    words: '1 to 30 lower-case letters, digits and dashes, with a letter first, that are no version, such as beta',
  },
  /** A label is bounded, so that no text makes the match slow. */
  host: {
    pattern: '^(\\*\\.)?((?!-)[a-z0-9-]{1,63}(?<!-)\\.)+[a-z]{2,63}$|^localhost$',
    words: 'a host name in lower case without scheme or path, such as api.example.com or *.example.com',
  },
  /** As npm admits them today (validate-npm-package-name). */
  packageName: {
    pattern: '^(?:@[a-z0-9][a-z0-9._-]{0,99}/)?[a-z0-9][a-z0-9._-]{0,99}$',
    words: 'the name of an npm package such as react or @acme/charts',
  },
  backendPath: {
    pattern: '^(/(:?[A-Za-z0-9][A-Za-z0-9_.~-]{0,49}))+$|^/$',
    words: 'a path such as /quotes or /quotes/:id',
  },
  componentName: {
    pattern: '^[A-Z][A-Za-z0-9]{0,63}$',
    words: 'up to 64 letters and digits in PascalCase, such as HeroBanner',
  },
  exportName: {
    pattern: '^[A-Za-z_$][\\w$]{0,99}$',
    words: 'the name of an export of the bundle, such as HeroBanner or default',
  },
  fieldName: {
    pattern: '^[a-zA-Z][a-zA-Z0-9]{0,49}$',
    words: 'up to 50 letters and digits, with a letter first',
  },
  configName: {
    pattern: '^[a-zA-Z][a-zA-Z0-9_]{0,49}$',
    words: 'up to 50 letters, digits and underscores, with a letter first',
  },
  currency: { pattern: '^[A-Z]{3}$', words: 'an ISO 4217 code such as EUR' },
  webUrl: { pattern: '^https?://', words: 'a web address that starts with https:// or http://' },
  notBlank: { pattern: '\\S', words: 'more than spaces' },
} as const satisfies Record<string, Form>

export const pluginIdPattern = forms.pluginId.pattern
export const versionPattern = forms.version.pattern
export const digestPattern = forms.digest.pattern
