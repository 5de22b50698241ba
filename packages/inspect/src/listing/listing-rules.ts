import {
  type Finding,
  findingsOf,
  type Manifest,
  packageLayout,
  type RuleTable,
} from '@plexica/manifest-schema/validate'
import type { BundledDependency, PackageFile, Quality } from '../inspection.ts'
import { changelogSection } from './changelog.ts'
import { readSbom } from './sbom.ts'

const readmeCharacters = 300
const descriptionCharacters = 40
const altCharacters = 6
const bundleBytes = 500_000

/** What makes a listing useful. Each rule that is kept is one point of the quality score. */
export const listingRules = {
  'listing-readme': {
    severity: 'info',
    summary: `A ${packageLayout.readme} has at least ${readmeCharacters} characters: it is the page of the plugin.`,
    fix: `Say in ${packageLayout.readme} what the plugin does, for whom, and what it needs.`,
  },
  'listing-usage': {
    severity: 'info',
    summary: 'The README has a section that tells how the plugin is used, set up or configured.',
    fix: 'Add a heading such as `## Usage` with the first steps.',
  },
  'listing-description': {
    severity: 'info',
    summary: `The description has at least ${descriptionCharacters} characters: it stands in every list and is searched.`,
    fix: 'Say in one or two sentences what somebody gains from the plugin.',
  },
  'listing-icon': {
    severity: 'info',
    summary: 'There is an icon, by which people find the plugin again.',
    fix: 'Add a square picture and name it as `icon` in the manifest.',
  },
  'listing-screenshots': {
    severity: 'info',
    summary: 'There is at least one screenshot: it shows what words cannot.',
    fix: 'Add a picture of the plugin at work to `screenshots` in the manifest.',
  },
  'listing-screenshot-alt': {
    severity: 'info',
    summary: 'Each screenshot has a text that tells what is to be seen, for those who do not see it.',
    fix: 'Describe in `alt` what the picture shows, in a short sentence.',
  },
  'listing-changelog': {
    severity: 'info',
    summary: 'The changelog has a section for this version: tenants read it before they update.',
    fix: `Add a heading with the version to ${packageLayout.changelog}, and under it what has changed.`,
  },
  'listing-license': {
    severity: 'info',
    summary: 'The text of the licence is in the package.',
    fix: `Add the text of the licence as ${packageLayout.license}.`,
  },
  'listing-links': {
    severity: 'info',
    summary: 'There is a homepage or a repository, where people find help.',
    fix: 'Add `homepage` or `repository` to the manifest.',
  },
  'listing-bundle-size': {
    severity: 'info',
    summary: `All scripts for the browser together have less than ${bundleBytes / 1000} KB before compression.`,
    fix: 'Import only what is used of large libraries, and load what is rarely used with `import()`.',
  },
  'listing-source-maps': {
    severity: 'info',
    summary: 'The bundle has a source map, which only owners and reviewers see: reviews are quicker.',
    fix: 'Build with source maps, as `plexica build` does.',
  },
  'listing-sbom': {
    severity: 'info',
    summary: `A bill of materials in CycloneDX JSON (${packageLayout.sbom}) tells tenants of known weaknesses.`,
    fix: 'Build with `plexica build`, which writes it.',
  },
} as const satisfies RuleTable

type ListingRule = keyof typeof listingRules

/** What a listing is made of. Texts are whole files. */
export interface Listing {
  /** Undefined when it cannot be read, which is said elsewhere: then nothing that stands in it counts. */
  manifest: Manifest | undefined
  files: readonly PackageFile[]
  readme?: string | undefined
  changelog?: string | undefined
  sbom?: string | undefined
}

export interface ListingReport {
  findings: Finding[]
  quality: Quality
  /** The section of the changelog for the version of the manifest. */
  changelog?: string
  /** What the bill of materials names, sorted. */
  dependencies: BundledDependency[]
}

const finding = findingsOf(listingRules)
const inReadme = { path: packageLayout.readme }
const inManifest = { path: packageLayout.manifest }

/** Says what the listing lacks: a point for each rule that is kept, at least one finding for each that is not. */
export function listingFindings({ manifest, files, readme, changelog, sbom }: Listing): ListingReport {
  const section =
    manifest === undefined || changelog === undefined ? undefined : changelogSection(changelog, manifest.version)
  const dependencies = sbom === undefined ? undefined : readSbom(sbom)
  const paths = new Set(files.map(({ path }) => path))
  const lacks: Record<ListingRule, Finding[]> = {
    'listing-readme': readmeLacks(readme),
    'listing-usage': usageLacks(readme),
    'listing-description': descriptionLacks(manifest),
    'listing-icon': iconLacks(manifest, paths),
    'listing-screenshots': screenshotLacks(manifest),
    'listing-screenshot-alt': altLacks(manifest),
    'listing-changelog': section === undefined ? [changelogLack(manifest, changelog)] : [],
    'listing-license': licenseLacks(paths),
    'listing-links': linkLacks(manifest),
    'listing-bundle-size': sizeLacks(files),
    'listing-source-maps': sourceMapLacks(paths),
    'listing-sbom': dependencies === undefined ? [sbomLack(sbom)] : [],
  }
  const points = Object.values(lacks)
  return {
    findings: points.flat(),
    quality: { score: points.filter(({ length }) => length === 0).length, outOf: points.length },
    ...(section === undefined ? {} : { changelog: section }),
    dependencies: dependencies ?? [],
  }
}

function readmeLacks(readme: string | undefined): Finding[] {
  if (readme === undefined) return [finding('listing-readme', `There is no ${packageLayout.readme}.`, inReadme)]
  const { length } = readme.trim()
  if (length >= readmeCharacters) return []
  return [finding('listing-readme', `${packageLayout.readme} has only ${length} characters.`, inReadme)]
}

const usageHeading =
  /^ {0,3}#{1,6}[ \t].*\b(?:usage|use|using|how to|set ?up|install|installation|configur\w+|getting started|quick ?start|examples?)\b/im

function usageLacks(readme: string | undefined): Finding[] {
  if (readme !== undefined && usageHeading.test(readme)) return []
  return [finding('listing-usage', `${packageLayout.readme} has no heading about how to use the plugin.`, inReadme)]
}

function descriptionLacks(manifest: Manifest | undefined): Finding[] {
  const { length } = manifest?.description.trim() ?? ''
  if (length >= descriptionCharacters) return []
  return [finding('listing-description', `The description has only ${length} characters.`, inManifest)]
}

function iconLacks(manifest: Manifest | undefined, paths: ReadonlySet<string>): Finding[] {
  const icon = manifest?.icon
  if (icon === undefined) return [finding('listing-icon', 'There is no icon.', inManifest)]
  return paths.has(icon) ? [] : [finding('listing-icon', `The icon ${icon} is not in the package.`, inManifest)]
}

function screenshotLacks(manifest: Manifest | undefined): Finding[] {
  if (manifest?.screenshots?.length) return []
  return [finding('listing-screenshots', 'There is no screenshot.', inManifest)]
}

/** Without a screenshot there is nothing to describe, and its lack is already said. */
function altLacks(manifest: Manifest | undefined): Finding[] {
  return (manifest?.screenshots ?? [])
    .filter(({ path, alt }) => alt.trim().length < altCharacters || path.endsWith(alt.trim()))
    .map(({ path, alt }) => finding('listing-screenshot-alt', `"${alt}" does not tell what ${path} shows.`, inManifest))
}

function changelogLack(manifest: Manifest | undefined, changelog: string | undefined): Finding {
  const { changelog: path } = packageLayout
  if (changelog === undefined) return finding('listing-changelog', `There is no ${path}.`, { path })
  const version = manifest === undefined ? 'this version' : `version ${manifest.version}`
  return finding('listing-changelog', `${path} has no section for ${version}.`, { path })
}

function licenseLacks(paths: ReadonlySet<string>): Finding[] {
  const license = /^(?:licen[sc]e|copying)(?:[.-][\w.-]+)?$/i
  if ([...paths].some((path) => license.test(path))) return []
  return [finding('listing-license', 'The text of the licence is not in the package.', { path: packageLayout.license })]
}

function linkLacks(manifest: Manifest | undefined): Finding[] {
  if (manifest?.homepage !== undefined || manifest?.repository !== undefined) return []
  return [finding('listing-links', 'There is neither a homepage nor a repository.', inManifest)]
}

function sizeLacks(files: readonly PackageFile[]): Finding[] {
  const scripts = files.filter(({ path }) => path.startsWith(packageLayout.distFolder) && path.endsWith('.js'))
  const bytes = scripts.reduce((sum, file) => sum + file.bytes, 0)
  if (bytes <= bundleBytes) return []
  const size = `${Math.round(bytes / 1000)} KB`
  return [finding('listing-bundle-size', `The scripts for the browser have ${size}.`, { path: packageLayout.bundle })]
}

function sourceMapLacks(paths: ReadonlySet<string>): Finding[] {
  const { bundle: path } = packageLayout
  if (!paths.has(path) || paths.has(`${path}.map`)) return []
  return [finding('listing-source-maps', `There is no source map for ${path}.`, { path })]
}

function sbomLack(sbom: string | undefined): Finding {
  const { sbom: path } = packageLayout
  const message = sbom === undefined ? `There is no ${path}.` : `${path} is not CycloneDX in JSON.`
  return finding('listing-sbom', message, { path })
}
