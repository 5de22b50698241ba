import { errors, routePermissions, routes } from '../packages/api/src/index.ts'
import { rulesTable } from '../packages/inspect/src/index.ts'
import { limits } from '../packages/manifest-schema/src/index.ts'
import { settings } from '../packages/registry/src/config.ts'
import { registryRules } from '../packages/registry/src/registry-rules.ts'

const made = '<!-- Made by `pnpm generate`. -->'

/** The reference tables of `docs/`, made from the declarations they describe: path from the root → content. */
export function referenceDocs(): Record<string, string> {
  return {
    'docs/reference/rules.md': page(
      'Rules',
      'What is checked about a package, in the command line and the registry alike. An `error` refuses it, a `warning` is shown to the reviewer, an `info` lowers the quality notes.',
      `${rulesTable()}
## What the registry says by itself

Of new plugins, keys and installations.

${rulesTable(registryRules)}`,
    ),
    'docs/reference/errors.md': page(
      'Error codes',
      'Every answer that is not a success is `application/problem+json` (RFC 9457) with one of these codes.',
      table(
        ['code', 'status', 'what', 'what to do'],
        Object.entries(errors).map(([code, { status, sentence, fix }]) => [`\`${code}\``, status, sentence, fix]),
      ),
    ),
    'docs/reference/limits.md': page(
      'Limits',
      'What a package may have at most.',
      table(
        ['limit', 'at most', 'why'],
        Object.entries(limits).map(([name, { max, unit, reason }]) => [
          name,
          `${max.toLocaleString('en')} ${unit}`,
          reason,
        ]),
      ),
    ),
    'docs/reference/settings.md': page(
      'Settings of the registry',
      'Environment variables, all optional. All of them are checked at start, and every problem is reported at once.',
      table(
        ['variable', 'default', 'meaning'],
        Object.entries(settings).map(([name, { fallback, meaning }]) => [
          `\`${name}\``,
          fallback && `\`${fallback}\``,
          meaning,
        ]),
      ),
    ),
    'docs/reference/routes.md': page(
      'Routes',
      'The whole contract, with every shape, is `/api/openapi.json`.',
      table(
        ['route', 'permission', 'what'],
        Object.values(routes).map(({ method, path, permission, summary }) => [
          `\`${method} ${path}\``,
          permission,
          summary,
        ]),
      ) +
        '\n\n' +
        table(
          ['permission', 'who has it'],
          Object.entries(routePermissions).map(([name, who]) => [`\`${name}\``, who]),
        ),
    ),
  }
}

function page(title: string, about: string, body: string): string {
  return `${made}\n\n# ${title}\n\n${about}\n\n${body.trim()}\n`
}

function table(head: string[], rows: (string | number)[][]): string {
  const line = (cells: (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
