import type { Command } from 'commander'
import { definitionCommand } from '../definitions/command.ts'

export function command(program: Command): void {
  definitionCommand(program, {
    kind: 'policy',
    description: 'what agents may do by themselves, what a person is asked, what is refused',
    parse: async (text, file) => (await import('../../domain/policy/parse.ts')).parsePolicy(text, file),
  })
}
