import {
  type Finding,
  findingsOf,
  packageLayout as layout,
  type Manifest,
  type RuleTable,
} from '@plexica/manifest-schema/validate'
import type { BundledDependency, PackageFile, Quality } from '../inspection.ts'
import { changelogSection } from './changelog.ts'
import { readSbom } from './sbom.ts'

/** What helps people to choose a plugin and to look into it. Nothing of this refuses a package. */
export const listingRules = {
  'listing-readme-missing': {
    severity: 'info',
    summary: 'People read the README before they install.',
    fix: 'Write a README.md that says what the plugin does and for whom.',
  },
  'listing-readme-short': {
    severity: 'info',
    summary: 'A README has a heading and at least a few sentences.',
    fix: 'Say what the plugin does, what it needs, and how to set it up.',
  },
  'listing-icon-missing': {
    severity: 'info',
    summary: 'Plugins are found again by their icons.',
    fix: 'Add a square picture below assets/ and name it as `icon` in the manifest.',
  },
  'listing-screenshots-missing': {
    severity: 'info',
    summary: 'A screenshot shows what words cannot.',
    fix: 'Add at least one picture below assets/ and name it in `screenshots`, with a text for those who do not see it.',
  },
  'listing-changelog-missing': {
    severity: 'info',
    summary: 'Whoever updates wants to know what has changed.',
    fix: 'Add a section for this version to CHANGELOG.md, e.g. `## 1.2.3`.',
  },
  'listing-license-missing': {
    severity: 'info',
    summary: 'The text of the licence belongs into the package.',
    fix: 'Add a LICENSE file.',
  },
  'listing-links-missing': {
    severity: 'info',
    summary: 'People look for a place to read more and to ask.',
    fix: 'Name a `homepage` or a `repository` in the manifest.',
  },
  'listing-description-short': {
    severity: 'info',
    summary: 'The description is all that a search result shows.',
    fix: 'Say in one or two sentences what the plugin does, in 40 characters or more.',
  },
  'listing-bundle-large': {
    severity: 'info',
    summary: 'Every page of a tenant loads the bundle: more than 500 KB of scripts is felt.',
    fix: 'Import smaller libraries, or parts of them; load what is rarely seen with import().',
  },
  'listing-sbom-missing': {
    severity: 'info',
    summary: 'Without a list of what is bundled, known vulnerabilities cannot be found.',
    fix: 'Build with `plexica build`, which writes sbom.cdx.json.',
  },
} as const satisfies RuleTable

const finding = findingsOf(listingRules)

const shortReadme = 300
const shortDescription = 40
const largeBundle = 500_000

/** The files of a package that its listing is made of. Absent texts are undefined. */
export interface Listing {
  manifest: Manifest | undefined
  files: readonly PackageFile[]
  readme: string | undefined
  /** The whole CHANGELOG.md. */
  changelog: string | undefined
  sbom: string | undefined
}

export interface ListingReport {
  findings: Finding[]
  quality: Quality
  /** The changelog's section for the manifest's version. */
  changelog: string | undefined
  dependencies: BundledDependency[]
}

/** How complete the listing is: a point for each rule that holds, a finding for each that does not. */
export function listingFindings(listing: Listing): ListingReport {
  const { manifest } = listing
  const changelog =
    manifest && listing.changelog !== undefined ? changelogSection(listing.changelog, manifest.version) : undefined
  const dependencies = listing.sbom === undefined ? undefined : readSbom(listing.sbom)
  const findings = [
    ...readmeFindings(listing.readme),
    ...(manifest ? manifestFindings(manifest) : []),
    ...(manifest && changelog === undefined
      ? [
          finding('listing-changelog-missing', `CHANGELOG.md says nothing about ${manifest.version}.`, {
            path: layout.changelog,
          }),
        ]
      : []),
    ...fileFindings(listing.files),
    ...(dependencies
      ? []
      : [finding('listing-sbom-missing', 'There is no readable list of what is bundled.', { path: layout.sbom })]),
  ]
  const outOf = Object.keys(listingRules).length
  return { findings, quality: { score: outOf - findings.length, outOf }, changelog, dependencies: dependencies ?? [] }
}

function readmeFindings(readme: string | undefined): Finding[] {
  const path = layout.readme
  if (readme === undefined || readme.trim() === '') {
    // A README that is not there is not long enough either.
    return [
      finding('listing-readme-missing', 'There is no README.', { path }),
      finding('listing-readme-short', 'There is no README to read.', { path }),
    ]
  }
  const length = readme.trim().length
  if (length >= shortReadme && /^#{1,6}\s+\S/m.test(readme)) return []
  const what = length < shortReadme ? `has ${length} characters; ${shortReadme} are a start` : 'has no heading'
  return [finding('listing-readme-short', `The README ${what}.`, { path })]
}

function manifestFindings(manifest: Manifest): Finding[] {
  const path = layout.manifest
  const findings: Finding[] = []
  if (!manifest.icon) findings.push(finding('listing-icon-missing', 'There is no icon.', { path }))
  if (!manifest.screenshots?.length) {
    findings.push(finding('listing-screenshots-missing', 'There are no screenshots.', { path }))
  }
  if (!manifest.homepage && !manifest.repository) {
    findings.push(finding('listing-links-missing', 'There is neither a homepage nor a repository.', { path }))
  }
  const { length } = manifest.description
  if (length < shortDescription) {
    findings.push(finding('listing-description-short', `The description has ${length} characters.`, { path }))
  }
  return findings
}

function fileFindings(files: readonly PackageFile[]): Finding[] {
  const findings: Finding[] = []
  if (!files.some(({ path }) => /^licen[cs]e(\.\w+)?$/i.test(path))) {
    findings.push(
      finding('listing-license-missing', 'There is no file with the licence’s text.', { path: layout.license }),
    )
  }
  const scripts = files.filter(({ path }) => path.startsWith(layout.distFolder) && path.endsWith('.js'))
  const bytes = scripts.reduce((sum, file) => sum + file.bytes, 0)
  if (bytes > largeBundle) {
    const message = `The bundle has ${Math.round(bytes / 1_000)} KB of scripts before compression.`
    findings.push(finding('listing-bundle-large', message, { path: layout.bundle }))
  }
  return findings
}
