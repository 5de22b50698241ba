import type { AllWords, CommandWords, OptionWords } from './completion-words.ts'

/** As a file `_plexica` on zsh's \`fpath\`, or sourced. */
export function zshScript({ first, groups, commands }: AllWords): string {
  return `#compdef plexica
# Completion of plexica for zsh. Made by \`plexica completion zsh\`.
_plexica() {
  local -a found
  local command
  if ((CURRENT == 2)); then
    found=(
${first.map(described).join('\n')}
    )
    _describe command found
    return
  fi
  shift words
  ((CURRENT--))
  command=$words[1]
  case $command in
    ${groups.join('|')})
      if ((CURRENT == 2)); then
        case $command in
${groups.map((name) => groupCase(name, commands)).join('\n')}
        esac
        _describe command found
        return
      fi
      shift words
      ((CURRENT--))
      command="$command $words[1]"
      ;;
  esac
  case $command in
${commands.map(commandCase).join('\n')}
  esac
}
if [ "$funcstack[1]" = _plexica ]; then
  _plexica "$@"
else
  compdef _plexica plexica
fi`
}

function groupCase(group: string, commands: readonly CommandWords[]): string {
  const inside = commands.filter(({ name }) => name.startsWith(`${group} `))
  const lines = inside.map(({ name, summary }) => described({ name: name.slice(group.length + 1), summary }))
  return `          ${group})\n            found=(\n${lines.join('\n')}\n            )\n            ;;`
}

/** `name:summary`; a colon in the name would end it. */
function described({ name, summary }: { name: string; summary: string }): string {
  return `      ${quote(`${name}:${summary}`)}`
}

function commandCase({ name, options, argument, choices }: CommandWords): string {
  const specs = [
    ...options.flatMap((option) => option.names.map((one) => optionSpec(one, option))),
    ...(choices.length > 0 ? [`1: :(${choices.join(' ')})`] : []),
    ...(argument === 'file' ? ['*: :_files'] : []),
    // Without it no option is completed behind an argument.
    ...(argument === 'any' && choices.length === 0 ? ['*: : '] : []),
  ]
  return `    ${quote(name)})\n      _arguments \\\n${specs.map((spec) => `        ${quote(spec)}`).join(' \\\n')}\n      ;;`
}

/** `*--category[only this category]:name:(a b)`, where `*` lets an option come again. */
function optionSpec(name: string, { summary, value, label, choices, repeats }: OptionWords): string {
  const flag = `${repeats ? '*' : ''}${name}[${summary.replace(/[[\]\\:]/g, '\\$&')}]`
  if (value === 'none') return flag
  const action =
    choices.length > 0
      ? `(${choices.map((one) => one.replaceAll(':', '\\:')).join(' ')})`
      : value === 'file'
        ? '_files'
        : ' '
  return `${flag}:${label.replaceAll(':', '\\:')}:${action}`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
