import { Argument, type Command } from 'commander'
import { withExamples } from './output.ts'

/** A place in the tree of commands (`/users/list`) and the words that may follow there. */
type Node = { readonly path: string; readonly words: readonly string[] }

const nodesOf = (command: Command, path = ''): Node[] => {
  const help = command.createHelp()
  const children = help.visibleCommands(command).filter((child) => child.name() !== 'help')
  const options = help.visibleOptions(command).flatMap(({ long }) => (long ? [long] : []))
  const choices = command.registeredArguments[0]?.argChoices ?? []
  const words = [...children.map((child) => child.name()), ...choices, ...options]
  return [{ path, words }, ...children.flatMap((child) => nodesOf(child, `${path}/${child.name()}`))]
}

const cases = (nodes: readonly Node[], line: (node: Node) => string): string => nodes.map(line).join('\n')
const pathsOf = (nodes: readonly Node[]): string => nodes.flatMap(({ path }) => (path === '' ? [] : [path])).join('|')

const bash = (nodes: readonly Node[]): string => `_cip() {
  local path="" words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path/\${COMP_WORDS[i]}" in
      ${pathsOf(nodes)}) path="$path/\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path" in
${cases(nodes, ({ path, words }) => `    "${path}") words="${words.join(' ')}" ;;`)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _cip cip ./cip
`

const zsh = (nodes: readonly Node[]): string => `#compdef cip
_cip() {
  local at="" word
  local -a next
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at/$word" in
      ${pathsOf(nodes)}) at="$at/$word" ;;
    esac
  done
  case "$at" in
${cases(nodes, ({ path, words }) => `    "${path}") next=(${words.join(' ')}) ;;`)}
  esac
  compadd -- $next
  _files
}
compdef _cip cip ./cip
`

const fish = (nodes: readonly Node[]): string => `function __cip_at
  set -l at ""
  for word in (commandline -opc)[2..-1]
    switch "$at/$word"
      case ${pathsOf(nodes).replaceAll('|', ' ')}
        set at "$at/$word"
    end
  end
  test "$at" = "$argv[1]"
end
${cases(nodes, ({ path, words }) => `complete -c cip -n '__cip_at "${path}"' -a '${words.join(' ')}'`)}
`

const printers = { bash, zsh, fish } as const

export const completionCommand = (program: Command): void => {
  const command = program
    .command('completion')
    .description('print the completions of a shell')
    .addArgument(new Argument('<shell>').choices(Object.keys(printers)))
    .action((shell: keyof typeof printers) => void process.stdout.write(printers[shell](nodesOf(program))))
  withExamples(
    command,
    'completion bash > ~/.local/share/bash-completion/completions/cip',
    'completion fish > ~/.config/fish/completions/cip.fish',
  )
}
