import { Command } from 'commander'

/** Adds commands that were made apart, with the settings of the program (exit codes, help after errors). */
const addAll = (parent: Command, children: readonly Command[]): void => {
  for (const child of children) {
    child.copyInheritedSettings(parent)
    parent.addCommand(child)
  }
}

/** A command that only holds others. */
export const group = (program: Command, input: { name: string; description: string; children: readonly Command[] }): void => {
  const command = new Command(input.name).description(input.description)
  addAll(program, [command])
  addAll(command, input.children)
}
