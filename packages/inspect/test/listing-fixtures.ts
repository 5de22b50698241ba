import type { Manifest } from '@plexica/manifest-schema/validate'
import { goodManifest } from './build-package.ts'
import type { Fixture } from './code-fixtures.ts'

const manifest = (code: string, changes: { [Key in keyof Manifest]?: Manifest[Key] | undefined }): Fixture => ({
  code,
  files: { 'manifest.json': JSON.stringify({ ...goodManifest, ...changes }) },
})
const svg = (code: string, content: string): Fixture => ({
  code,
  files: { 'assets/more.svg': `<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>` },
})

/** One for each rule about the listing and its pictures. */
export const listingFixtures: Fixture[] = [
  { code: 'listing-readme', files: { 'README.md': undefined } },
  { code: 'listing-usage', files: { 'README.md': `# Greeting card\n\n${'A card that greets. '.repeat(30)}\n` } },
  manifest('listing-description', { description: 'Greets visitors.' }),
  manifest('listing-icon', { icon: undefined }),
  manifest('listing-screenshots', { screenshots: [] }),
  manifest('listing-screenshot-alt', { screenshots: [{ path: 'assets/card.png', alt: 'card.png' }] }),
  { code: 'listing-changelog', files: { 'CHANGELOG.md': '# Changelog\n\n## 0.9.0\n\n- The first card.\n' } },
  { code: 'listing-license', files: { LICENSE: undefined } },
  manifest('listing-links', { homepage: undefined, repository: undefined }),
  {
    code: 'listing-bundle-size',
    files: { 'dist/chunks/words.js': `export const words = [${'"word",'.repeat(80_000)}]` },
  },
  { code: 'listing-source-maps', files: { 'dist/bundle.js.map': undefined } },
  { code: 'listing-sbom', files: { 'sbom.cdx.json': '{"bomFormat":"SPDX"}' } },

  svg('picture-script', '<script>alert(1)</script>'),
  svg('picture-foreign-content', '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'),
  svg('picture-external-reference', '<image href="https://example.com/x.png"/>'),
  svg('picture-unreadable', '<g>'),
  { code: 'picture-wrong-type', files: { 'assets/more.svg': '<html><p>no picture</p></html>' } },
]
