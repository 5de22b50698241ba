import type { AllWords, CommandWords, OptionWords } from './completion-words.ts'

export function fishScript({ first, commands }: AllWords): string {
  const inGroups = commands.filter(({ name }) => name.includes(' '))
  return `# Completion of plexica for fish. Made by \`plexica completion fish\`.
function __plexica_at
    set -l words (commandline -opc)
    set -e words[1]
    test (count $words) -ge (count $argv); or return 1
    for i in (seq (count $argv))
        test "$words[$i]" = "$argv[$i]"; or return 1
    end
end
function __plexica_only
    test (count (commandline -opc)) -eq (math (count $argv) + 1); and __plexica_at $argv
end
complete -c plexica -f
complete -c plexica -n 'test (count (commandline -opc)) -eq 1' -s V -l version -d 'print the version of plexica'
${first.map(({ name, summary }) => `complete -c plexica -n 'test (count (commandline -opc)) -eq 1' -a ${name} -d ${quote(summary)}`).join('\n')}
${inGroups.map(secondWord).join('\n')}
${commands.flatMap(linesOf).join('\n')}`
}

function secondWord({ name, summary }: CommandWords): string {
  const [group = '', word] = name.split(' ')
  return `complete -c plexica -n '__plexica_only ${group}' -a ${word} -d ${quote(summary)}`
}

function linesOf({ name, options, argument, choices }: CommandWords): string[] {
  const start = `complete -c plexica -n '__plexica_at ${name}'`
  return [
    ...options.map((option) => `${start} ${optionWords(option)} -d ${quote(option.summary)}`),
    ...(choices.length > 0 ? [`${start} -a ${quote(choices.join(' '))}`] : []),
    ...(argument === 'file' ? [`${start} -F`] : []),
  ]
}

function optionWords({ names, value, choices }: OptionWords): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)).join(' ')
  if (value === 'none') return flags
  if (choices.length > 0) return `${flags} -x -a ${quote(choices.join(' '))}`
  return `${flags} ${value === 'file' ? '-r -F' : '-x'}`
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
