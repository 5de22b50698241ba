import { isUtf8 } from 'node:buffer'
import { type Finding, packageLayout as layout, limits } from '@plexica/manifest-schema/validate'
import { contentFinding, hasProgramName, startsLikeProgram } from './archive/content-rules.ts'
import { readHead, readPieces, readTogether, readWhole } from './archive/file-readers.ts'
import type { FileReader } from './archive/tar-walker.ts'
import { type ScriptScan, scanScript } from './code/scan-script.ts'
import { scanText } from './code/secret-rules.ts'
import { FindingList } from './finding-list.ts'
import { pictureFindings, scanPicture } from './listing/picture-rules.ts'

/** The files that are kept as text until the rules about the whole package run, with their limits. */
const keptTexts = new Map<string, { max: number }>([
  [layout.manifest, limits.manifestBytes],
  [layout.readme, limits.readmeBytes],
  [layout.changelog, limits.changelogBytes],
  [layout.sbom, limits.sbomBytes],
])
const scriptName = /\.m?js$/i
const vectorName = /\.svg$/i
const textName = /(\.(cjs|css|html?|json|map|md|txt|xml|ya?ml|env)|(^|\/)\.env[^/]*|(^|\/)licen[cs]e)$/i
/** Programs and pictures are known by fewer bytes; PE is told from words by the binary data behind its first two. */
const headBytes = 64

/** Looks into the files of a package while they pass by, one at a time, and keeps what later rules need. */
export class ContentReader {
  readonly findings = new FindingList()
  readonly scans = new Map<string, ScriptScan>()
  /** The kept texts by path. */
  readonly texts = new Map<string, string>()
  /** Parsing costs time and memory, so all scripts of a package share one limit, and all its SVGs another. */
  #scriptBytesLeft: number = limits.scriptBytes.max
  #vectorBytesLeft: number = limits.scriptBytes.max

  open(path: string, bytes: number): FileReader | undefined {
    if (hasProgramName(path)) {
      this.findings.add([contentFinding('archive-native-file', `\`${path}\` is a program by its name.`, { path })])
      return undefined
    }
    const head = readHead(headBytes, (start) => {
      if (startsLikeProgram(start))
        this.findings.add([contentFinding('archive-native-file', `\`${path}\` starts like a program.`, { path })])
      else if (!vectorName.test(path)) this.findings.add(pictureFindings({ path, bytes: start }))
    })
    const content = this.#openContent(path, bytes)
    return content === undefined ? head : readTogether([head, content])
  }

  #openContent(path: string, bytes: number): FileReader | undefined {
    const kept = keptTexts.get(path)
    if (kept !== undefined)
      return this.#openText(path, bytes, kept.max, (text) => {
        this.texts.set(path, text)
        return []
      })
    if (scriptName.test(path)) {
      const left = this.#scriptBytesLeft
      this.#scriptBytesLeft -= bytes
      return this.#openText(path, bytes, left, (source) => {
        const scan = scanScript({ path, source, target: path === layout.backend ? 'backend' : 'browser' })
        this.scans.set(path, scan)
        return scan.findings
      })
    }
    if (vectorName.test(path)) {
      const left = this.#vectorBytesLeft
      this.#vectorBytesLeft -= bytes
      return this.#openText(path, bytes, left, (text) => scanPicture({ path, text }))
    }
    return textName.test(path) ? this.#openPieces(path) : undefined
  }

  /** A text that its rule has to see as a whole. */
  #openText(path: string, bytes: number, max: number, judge: (text: string) => Finding[]): FileReader | undefined {
    if (bytes > max) {
      const message = `\`${path}\` has ${bytes} bytes; ${Math.max(max, 0)} can be read.`
      this.findings.add([contentFinding('archive-file-too-large', message, { path })])
      return undefined
    }
    return readWhole(bytes, (content) => {
      if (!isUtf8(content))
        this.findings.add([contentFinding('archive-file-encoding', `\`${path}\` is not UTF-8.`, { path })])
      // A byte order mark is a finding in the manifest, and nothing anywhere else.
      const text = new TextDecoder('utf-8', { ignoreBOM: path === layout.manifest }).decode(content)
      this.findings.add(judge(text))
      this.findings.add(scanText({ path, text }))
    })
  }

  /** A text of any size: secrets are looked for in pieces, and what stands in the overlap of two is said once. */
  #openPieces(path: string): FileReader {
    let last: string[] = []
    return readPieces((text, linesBefore) => {
      const found = scanText({ path, text }).map((finding) =>
        finding.line === undefined ? finding : { ...finding, line: finding.line + linesBefore },
      )
      const keys = found.map((finding) => `${finding.code} ${finding.line} ${finding.message}`)
      this.findings.add(found.filter((_, index) => !last.includes(keys[index] as string)))
      last = keys
    })
  }
}
