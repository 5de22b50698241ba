import { join, relative, sep } from 'node:path'
import type { Finding } from '@plexica/manifest-schema/validate'
import type { World } from './context.ts'
import type { Failure } from './failure.ts'
import { layFinding, type ReadSource } from './finding-layout.ts'
import { countText, millisecondsText, printable, type Style, styleFor } from './style.ts'
import { joinLines, wrapText } from './wrap-text.ts'

/** One named piece of work that people watch. It ends once, by one of its methods. */
export interface Step {
  /** Takes this time, in milliseconds, for that of the work, which began before the step was shown. */
  took(milliseconds: number): void
  /** How far it is. Without a terminal a line is written only when the words change. */
  progress(words: string): void
  done(detail?: string): void
  skip(reason: string): void
  fail(detail?: string): void
}

/** Everything that this program says. The answer goes to stdout, the way there to stderr; with `--json` words never go to stdout. */
export interface Console {
  readonly style: Style
  /** A line of the answer. */
  say(line?: string): void
  /** Foreign text of the answer, in Markdown. On a terminal its lines break between words. */
  prose(text: string): void
  /** A line about the way there. */
  note(line?: string): void
  warn(line: string): void
  /** Says where the lines are that findings point at, and the folder that their paths start from. */
  showSources(read: ReadSource, folder: string): void
  /** Findings like a compiler's, in the given order, and their count. One that was shown is shown anew only with `again`. */
  findings(findings: readonly Finding[], options?: { again?: boolean }): void
  /** Columns of foreign text, as wide as their widest cell; numbers to the right. */
  table(rows: readonly (readonly string[])[], options?: { right?: readonly number[] }): void
  failure(failure: Failure): void
  step(title: string): Step
}

export async function createConsole(world: World, json: boolean): Promise<Console> {
  const { stdout, stderr, env } = world
  const answers = json ? stderr : stdout
  const style = await styleFor(answers, env)
  const noteStyle = answers === stderr ? style : await styleFor(stderr, env)
  let isBelowBlank = true
  const say = (line = '') => {
    answers.write(`${line}\n`)
    isBelowBlank = line === '' || line.endsWith('\n')
  }
  const note = (line = '') => {
    stderr.write(`${line}\n`)
    isBelowBlank = line === ''
  }
  // ora counts the lines of its text by the columns, without end where a terminal says that it has none.
  const spins = stderr.isTerminal && (stderr.columns ?? 0) > 0 && env.TERM !== 'dumb' && !env.CI
  const shown = new Set<string>()

  let readSource: ReadSource = () => undefined
  let sources: string | undefined
  const onGitHub = env.GITHUB_ACTIONS === 'true'
  const findings: Console['findings'] = (all, { again = false } = {}) => {
    // By what they say: the registry finds again what was found here.
    const words = ({ code, message, path, line }: Finding) => [code, message, path, line].join('\n')
    const fresh = all.filter((finding) => again || !shown.has(words(finding)))
    // Where people look, findings stand apart from the steps.
    if (fresh.length > 0 && answers.isTerminal && !isBelowBlank) say()
    for (const finding of fresh) {
      shown.add(words(finding))
      say(layFinding(finding, { style, readSource, columns: answers.columns }))
      if (onGitHub) say(annotation(finding, fileInRepository(finding.path, sources, env.GITHUB_WORKSPACE)))
    }
    if (fresh.length > 0) say(summary(all, style))
  }

  return {
    style,
    say,
    prose: (text) => {
      const { columns } = answers
      say(columns === undefined ? printable(text) : wrapText(joinLines(printable(text)), columns))
    },
    note,
    warn: (line) => note(`${noteStyle.yellow('warning')} ${line}`),
    showSources: (read, folder) => {
      readSource = read
      sources = folder
    },
    findings,
    table: (rows, options) => {
      for (const line of layTable(rows, { ...options, columns: answers.columns })) say(line)
    },
    failure: (failure) => {
      findings(failure.findings)
      if (onGitHub && failure.findings.length === 0) say(annotation({ severity: 'error', ...failureWords(failure) }))
      if (failure.output) note(printable(failure.output))
      const wrapped = (lead: string, text: string) =>
        wrapText(`${lead} ${printable(text)}`, stderr.columns).slice(lead.length)
      note(`${noteStyle.red(noteStyle.bold('plexica:'))}${wrapped('plexica:', failure.message)}`)
      note(`${noteStyle.dim('  fix:')}${wrapped('  fix:', failure.fix)}`)
    },
    step: (title) => startStep(title, { note, style: noteStyle, spins }),
  }
}

interface StepTools {
  note: (line: string) => void
  style: Style
  /** Whether a spinner may be drawn. */
  spins: boolean
}

function startStep(title: string, { note, style, spins }: StepTools): Step {
  const started = performance.now()
  let ended = false
  let spinner: { stop(): void; text: string } | undefined
  let words = ''
  // Work that is over at once needs no spinner.
  const wait = spins ? setTimeout(show, 120) : undefined
  async function show() {
    const { default: ora } = await import('ora')
    if (!ended)
      spinner = ora({
        text: `${title} ${words}`.trimEnd(),
        stream: process.stderr,
        discardStdin: false,
        hideCursor: false,
      }).start()
  }
  const end = (mark: string, detail: string) => {
    if (ended) return
    ended = true
    clearTimeout(wait)
    spinner?.stop()
    note(`${mark} ${title.padEnd(10)} ${detail}`.trimEnd())
  }
  let own: number | undefined
  const time = () => style.dim(millisecondsText(own ?? performance.now() - started).padStart(7))
  return {
    took: (milliseconds) => {
      own = milliseconds
    },
    progress: (latest) => {
      if (latest === words) return
      words = latest
      if (spinner) spinner.text = `${title} ${words}`
      else if (!spins) note(`  ${title.padEnd(10)} ${words}`)
    },
    done: (detail = '') => end(style.green('✔'), `${time()}  ${detail}`),
    skip: (reason) => end(style.dim('-'), `${' '.repeat(7)}  ${style.dim(reason)}`),
    fail: (detail = '') => end(style.red('✖'), `${time()}  ${detail}`),
  }
}

function summary(findings: readonly Finding[], style: Style): string {
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length
  const [errors, warnings, infos] = [count('error'), count('warning'), count('info')]
  return [
    errors > 0 ? style.red(countText(errors, 'error')) : '',
    warnings > 0 ? style.yellow(countText(warnings, 'warning')) : '',
    infos > 0 ? countText(infos, 'remark') : '',
  ]
    .filter((part) => part !== '')
    .join(', ')
}

function failureWords({ code, message, fix }: Failure): Pick<Finding, 'code' | 'message'> {
  return { code, message: `${printable(message)} ${printable(fix)}` }
}

/** GitHub knows files by their path from the repository's root, which the plugin's folder may not be. */
function fileInRepository(
  path: string | undefined,
  folder: string | undefined,
  repository: string | undefined,
): string | undefined {
  if (path === undefined || folder === undefined || !repository) return path
  const file = relative(repository, join(folder, path)).split(sep).join('/')
  return file.startsWith('../') || file.includes(':') ? path : file
}

/** A workflow command of GitHub Actions, which shows the finding at its line in the pull request. */
function annotation({ severity, code, message, line }: Omit<Finding, 'fix' | 'path'>, path?: string): string {
  const level = severity === 'info' ? 'notice' : severity
  const safe = (value: string) => value.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
  const property = (value: string) => safe(value).replace(/:/g, '%3A').replace(/,/g, '%2C')
  const place = [path && `file=${property(path)}`, line && `line=${line}`, `title=${property(code)}`]
  return `::${level} ${place.filter(Boolean).join(',')}::${safe(message)}`
}

interface TableLayout {
  readonly right?: readonly number[]
  /** Of a terminal. */
  readonly columns?: number | undefined
}

/** On a terminal the words of the last column, and of no other, go on in the next line where they are too many. */
function layTable(rows: readonly (readonly string[])[], { right = [], columns }: TableLayout = {}): string[] {
  const cells = rows.map((row) => row.map((cell) => printable(cell).replace(/\s+/g, ' ')))
  const widths: number[] = []
  for (const row of cells) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length)
  return cells.map((row) => {
    const padded = row.map((cell, i) =>
      right.includes(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
    )
    const last = padded.pop() ?? ''
    const lead = padded.map((cell) => `${cell}  `).join('')
    const room = columns === undefined ? undefined : columns - lead.length
    return `${lead}${wrapText(last.trimEnd(), room).replaceAll('\n', `\n${' '.repeat(lead.length)}`)}`.trimEnd()
  })
}
