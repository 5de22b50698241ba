import type { AnyNode, MemberExpression } from 'acorn'
import type { Scope } from './scope.ts'
import type { ScriptReports } from './script-reports.ts'
import type { ScriptValues } from './script-values.ts'
import type { Call } from './walk-script.ts'

/** What every check works with: the meaning of expressions, and where to put what was found. */
export interface ScriptCheck {
  target: 'browser' | 'backend'
  values: ScriptValues
  report: ScriptReports['report']
  reportForeign: ScriptReports['reportForeign']
  hosts: Set<string>
  permissions: Set<string>
  exports: Set<string>
  imports: Set<string>
}

/** A call or a `new`. */
export interface CallSite {
  node: Call
  scope: Scope
  args: readonly AnyNode[]
  /** The global thing that is called, e.g. `document.write`. */
  name: string | undefined
  /** The name of the method, whatever the object is. */
  method: string | undefined
}

export type CallCheck = (site: CallSite, check: ScriptCheck) => void

/** An assignment to a property. */
export interface AssignmentSite {
  node: AnyNode
  scope: Scope
  target: MemberExpression
  key: string
  value: AnyNode
}
