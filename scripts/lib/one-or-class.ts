/** What `approve` and `refuse` are about: one action, or those of a class. */
import { DealwrightError } from '../../domain/errors.ts'

interface Given {
  class?: string
  playbook?: string
  these?: string
  hash?: string
  edit?: string
}

/** @throws DealwrightError `bad_input` for both, neither, or options of the other */
export function oneOrClass(id: string | undefined, options: Given): { id: string } | { kind: string } {
  const wrong = (why: string) => new DealwrightError('bad_input', `${why} See --help.`)
  if (options.class !== undefined) {
    if (id !== undefined) throw wrong(`Name either the action ${id} or --class ${options.class}.`)
    if (options.hash !== undefined || options.edit !== undefined)
      throw wrong('--hash and --edit are for one action: with --class, --these names each with its hash.')
    return { kind: options.class }
  }
  if (options.these !== undefined || options.playbook !== undefined)
    throw wrong('--these and --playbook go with --class.')
  if (id === undefined) throw wrong('Name an action by its id, or a class by --class.')
  return { id }
}
