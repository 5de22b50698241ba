import { appendFile } from 'node:fs/promises'
import type { Finding } from '@plexica/manifest-schema/validate'
import { failureOfApi } from '../api-failure.ts'
import type { Outcome } from '../command.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { bytesText, printable } from '../style.ts'

/** Findings that a summary lists. */
const listed = 50

/** Runs a publish; in GitHub Actions its end is also told on the job's page, whatever that end is. */
export async function summarized(context: Context, run: () => Promise<Outcome>): Promise<Outcome> {
  const file = context.env.GITHUB_ACTIONS === 'true' ? context.env.GITHUB_STEP_SUMMARY : undefined
  if (!file) return run()
  const append = async (text: string) => {
    await appendFile(file, text).catch((error: unknown) => {
      context.console.warn(`The step summary cannot be written: ${error instanceof Error ? error.message : error}`)
    })
  }
  try {
    const outcome = await run()
    await append(successText(outcome.answer))
    return outcome
  } catch (error) {
    const found = error instanceof Failure ? error : failureOfApi(error)
    if (found) await append(failureText(found))
    throw error
  }
}

interface Published {
  id?: string
  version?: string
  status?: string
  verdict?: string | null
  digest?: string
  packedBytes?: number
  submission?: string | null
  position?: number | null
  url?: string
  findings?: readonly Finding[]
}

function successText(answer: Published): string {
  const { id = '', version = '', status = '', verdict, digest = '', packedBytes = 0, findings = [] } = answer
  const place = answer.position ? `, position ${answer.position} in the queue` : ''
  const rows = [
    ['Status', verdict ? `${status}: ${verdict}` : status],
    ['Digest', `\`${digest}\``],
    ['Package', bytesText(packedBytes)],
    ...(answer.submission ? [['Submission', `\`${answer.submission}\`${place}`]] : []),
    ...(answer.url ? [['Look', answer.url]] : []),
  ]
  const table = rows.map(([name, value = '']) => `| ${name} | ${cell(value)} |\n`).join('')
  return `### ${cell(`${id} ${version}`)}\n\n| | |\n|---|---|\n${table}\n${findingsText(findings)}`
}

function failureText({ code, message, fix, findings }: Failure): string {
  return `### Not published: ${cell(code)}\n\n${cell(message)}\n\n${cell(fix)}\n\n${findingsText(findings)}`
}

function findingsText(findings: readonly Finding[]): string {
  if (findings.length === 0) return ''
  const rows = findings.slice(0, listed).map(({ severity, code, path = '', line, message }) => {
    const place = line === undefined ? path : `${path}:${line}`
    return `| ${severity} | ${cell(code)} | ${cell(place)} | ${cell(message)} |\n`
  })
  const more = findings.length > listed ? `\n… and ${findings.length - listed} more\n` : ''
  return `| | Finding | Where | What |\n|---|---|---|---|\n${rows.join('')}${more}\n`
}

/** Text from elsewhere, in one line and without any markup of its own. */
function cell(text: string): string {
  return printable(text)
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\|*_[\]]/g, '\\$&')
}
