import { type Finding, findingsOf } from '@plexica/manifest-schema/validate'
import type { Program } from 'acorn'
import { codeRules } from './code-rules.ts'
import { connectCalls } from './connect-calls.ts'
import { createLineCounter } from './excerpt.ts'
import { createObfuscationMeter, type ObfuscationSigns, obfuscationScore } from './obfuscation.ts'
import { type ParseFailure, parseFailure, parseScript } from './parse-script.ts'
import type { ScriptCheck } from './script-check.ts'
import { createScriptReports, type ForeignImport } from './script-reports.ts'
import { createScriptValues } from './script-values.ts'
import { checkSite, createSiteFilter } from './site-checks.ts'
import { walkScript } from './walk-script.ts'

export interface ScriptToScan {
  path: string
  source: string
  /** Where the script runs: in the page, or as the backend in Node. */
  target: 'browser' | 'backend'
}

/** What one script does, as far as its text tells. Every list is sorted and has nothing twice. */
export interface ScriptScan {
  findings: Finding[]
  /** Hosts that are contacted; `*.example.com` when the first labels are only known at run time. */
  hosts: string[]
  /** Permissions that the script asks the host page for. */
  permissions: string[]
  /** Names that the module exports; `*` for all that another module exports. */
  exports: string[]
  /** Modules that are imported, as they are written. */
  imports: string[]
  /** Those of them that the host page has to provide; what is wrong with them when it does not. */
  foreign: ForeignImport[]
}

const finding = findingsOf(codeRules)

/** Reads a script without running it. Never throws: what cannot be read is a finding. */
export function scanScript({ path, source, target }: ScriptToScan): ScriptScan {
  const program = parseScript(source)
  if (!('body' in program)) return failedScan(path, source, program)
  try {
    return scanProgram(program, { path, source, target })
  } catch (error) {
    return failedScan(path, source, parseFailure(error))
  }
}

function scanProgram(program: Program, { path, source, target }: ScriptToScan): ScriptScan {
  const { report, reportForeign, has, findings, foreign } = createScriptReports(path, source)
  const meter = createObfuscationMeter((node, what) => report('code-invisible-text', what, node))
  const isSite = createSiteFilter()
  const script = walkScript(program, (node) => {
    meter.see(node)
    return isSite(node)
  })
  connectCalls(script)
  const check: ScriptCheck = {
    target,
    values: createScriptValues(),
    report,
    reportForeign,
    hosts: new Set(),
    permissions: new Set(),
    exports: new Set(),
    imports: new Set(),
  }
  for (const site of script.sites) checkSite(site, check)
  const runsText = has('code-eval') || has('code-function-constructor') || has('code-string-timer')
  return {
    findings: [...findings(), ...obfuscationFindings(path, meter.signs(runsText))],
    hosts: sorted(check.hosts),
    permissions: sorted(check.permissions),
    exports: sorted(check.exports),
    imports: sorted(check.imports),
    foreign: foreign(),
  }
}

function obfuscationFindings(path: string, { score, signs }: ObfuscationSigns): Finding[] {
  const list = signs.join('; ')
  if (score >= obfuscationScore.error)
    return [finding('code-obfuscated', `The script is obfuscated: ${list}.`, { path })]
  if (score < obfuscationScore.warning) return []
  return [finding('code-obfuscation-signs', `The script has signs of obfuscation: ${list}.`, { path })]
}

function failedScan(path: string, source: string, { reason, at, tooDeep }: ParseFailure): ScriptScan {
  const line = at === undefined ? undefined : createLineCounter(source)(at)
  const found = tooDeep
    ? finding('code-too-deep', 'The script is nested too deeply to be inspected.', { path })
    : finding('code-unparsable', `The script cannot be read as an ECMAScript module: ${reason}.`, { path, line })
  return { findings: [found], hosts: [], permissions: [], exports: [], imports: [], foreign: [] }
}

function sorted(values: ReadonlySet<string>): string[] {
  return [...values].sort()
}
