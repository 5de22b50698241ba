import type { AllWords, CommandWords, OptionWords } from './completion-words.ts'

/** For bash 3.2 and newer, without the package bash-completion. */
export function bashScript({ first, groups, commands }: AllWords): string {
  const group = groups.join('|')
  return `# Completion of plexica for bash. Made by \`plexica completion bash\`.
_plexica() {
  local line=\${COMP_LINE:0:COMP_POINT} last cur prev command words=''
  local -a typed
  # Bash's own words end at a colon, which permissions have.
  read -ra typed <<<"$line"
  [[ $line == *[[:space:]] ]] && typed+=('')
  last=$((\${#typed[@]} - 1))
  cur=\${typed[last]}
  COMPREPLY=()
  _plexica_reply
  if [[ $cur == *:* && $COMP_WORDBREAKS == *:* ]]; then
    COMPREPLY=("\${COMPREPLY[@]#"\${cur%:*}:"}")
  fi
  return 0
}
_plexica_reply() {
  if ((last == 1)); then
    COMPREPLY=($(compgen -W ${quote(first.map(({ name }) => name).join(' '))} -- "$cur"))
    return
  fi
  command=\${typed[1]}
  prev=\${typed[last - 1]}
  case $command in
    ${group})
      if ((last == 2)); then
        case $command in
${groups.map((name) => `          ${name}) words=${quote(secondWords(commands, name))} ;;`).join('\n')}
        esac
        COMPREPLY=($(compgen -W "$words" -- "$cur"))
        return
      fi
      command="$command \${typed[2]}"
      ;;
  esac
  case "$command $prev" in
${values(commands)}
  esac
  case $cur in
    -*)
      case $command in
${commands.map(({ name, options }) => `        ${quote(name)}) words=${quote(options.flatMap((one) => one.names).join(' '))} ;;`).join('\n')}
      esac
      COMPREPLY=($(compgen -W "$words" -- "$cur"))
      return
      ;;
  esac
  case $command in
${args(commands)}
  esac
}
_plexica_files() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$1"))
}
complete -F _plexica plexica`
}

function secondWords(commands: readonly CommandWords[], group: string): string {
  const inside = commands.filter(({ name }) => name.startsWith(`${group} `))
  return inside.map(({ name }) => name.slice(group.length + 1)).join(' ')
}

/** What may stand behind an option; one without a value has no line here. */
function values(commands: readonly CommandWords[]): string {
  const lines = new Map<string, string[]>()
  for (const { name, options } of commands) {
    for (const option of options.filter(({ value }) => value !== 'none')) {
      const places = option.names.map((one) => quote(`${name} ${one}`))
      lines.set(replyTo(option), [...(lines.get(replyTo(option)) ?? []), ...places])
    }
  }
  return [...lines]
    .map(([reply, places]) => `    ${places.join(' | ')})\n      ${reply}\n      return\n      ;;`)
    .join('\n')
}

function replyTo({ choices, value }: Pick<OptionWords, 'choices' | 'value'>): string {
  if (choices.length > 0) return `COMPREPLY=($(compgen -W ${quote(choices.join(' '))} -- "$cur"))`
  return value === 'file' ? '_plexica_files "$cur"' : ':'
}

function args(commands: readonly CommandWords[]): string {
  const lines = commands
    .filter(({ argument, choices }) => argument === 'file' || choices.length > 0)
    .map(
      ({ name, argument: value, choices }) =>
        `    ${quote(name)}) ${replyTo({ choices, value: value === 'file' ? 'file' : 'any' })} ;;`,
    )
  return lines.join('\n')
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
