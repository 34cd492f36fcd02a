/** Conditions in plain words, as far as there are any; what has none is quoted as it stands. */
import { type ASTNode, parse } from '@marcbachmann/cel-js'

const FIELDS: Record<string, string> = {
  'action.kind': 'the action',
  'action.by': 'what drafted it',
  'action.playbook': 'its playbook',
  'action.version': 'the playbook’s version',
  'action.changes': 'the number of fields it changes',
  'action.status': 'the status it sets',
  'lead.status': 'the lead’s status',
  'lead.score': 'the lead’s score',
  'lead.source': 'where the lead came from',
  'deal.amount': 'the deal’s amount',
  'deal.currency': 'the deal’s currency',
  'deal.stage': 'the deal’s stage',
  'deal.stage_kind': 'whether the deal is open, won or lost',
  'account.name': 'the account’s name',
  'account.domain': 'the account’s domain',
  'account.industry': 'the account’s industry',
  'account.country': 'the account’s country',
  'account.employees': 'the account’s head count',
  'contact.country': 'the contact’s country',
  'contact.title': 'the contact’s title',
  'money.amount': 'the amount at stake',
  'money.currency': 'its currency',
  'money.discount': 'the discount in per cent',
  'recipient.country': 'the recipient’s country',
  'recipient.domain': 'the recipient’s domain',
  'recipient.hour': 'the hour at the recipient’s',
  'recipient.weekday': 'the weekday at the recipient’s',
  'recipient.basis': 'the lawful basis for the recipient’s data',
  'recipient.origin': 'where we have the recipient from',
  'claims.count': 'the number of its claims',
  'claims.oldest_days': 'the age in days of its oldest evidence',
  'claims.drafted_by': 'what drafted it',
  'agent.cases': 'the number of past cases of this class',
  'agent.unchanged': 'the past cases approved unchanged',
  'agent.lower_bound': 'the proven share approved unchanged',
}

/** Fields that are true or false by themselves: [if true, if false]. */
const FACTS: Record<string, [string, string]> = {
  'recipient.free_mail': ['the address is of a free-mail provider', 'the address is of no free-mail provider'],
  'recipient.first_contact': ['the recipient was never written to before', 'the recipient is known'],
  'claims.quoted': ['every claim has its quote', 'not every claim has its quote'],
}

const COMPARED: Record<string, string> = {
  '==': 'is',
  '!=': 'is not',
  '<': 'is below',
  '<=': 'is at most',
  '>': 'is above',
  '>=': 'is at least',
}

/** e.g. `the deal’s amount is at least 50000 and the deal’s stage is "proposal"`. */
export function inWords(condition: string): string {
  try {
    return say(parse(condition).ast, false)
  } catch {
    return quoted(condition)
  }
}

function say(node: ASTNode, nested: boolean): string {
  const field = fieldOf(node)
  if (field !== null && FACTS[field]) return FACTS[field][0]
  switch (node.op) {
    case '&&':
      return bracket(`${say(node.args[0], true)} and ${say(node.args[1], true)}`, nested)
    case '||':
      return bracket(`${say(node.args[0], true)} or ${say(node.args[1], true)}`, nested)
    case '!_':
      return negated(node.args)
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compared(node, COMPARED[node.op] ?? node.op)
    case 'in':
      return `${value(node.args[0])} is one of ${value(node.args[1])}`
    case 'value':
      return node.args === true ? 'always' : node.args === false ? 'never' : quoted(textOf(node))
    case 'call':
      if (node.args[0] === 'has' && node.args[1][0]) return `${value(node.args[1][0])} is known`
      return quoted(textOf(node))
    default:
      return quoted(textOf(node))
  }
}

function compared(node: ASTNode & { args: unknown }, word: string): string {
  const [left, right] = node.args as [ASTNode, ASTNode]
  const field = fieldOf(left)
  if (
    field !== null &&
    FACTS[field] &&
    right.op === 'value' &&
    typeof right.args === 'boolean' &&
    (node.op === '==' || node.op === '!=')
  )
    return FACTS[field][right.args === (node.op === '==') ? 0 : 1]
  return `${value(left)} ${word} ${value(right)}`
}

function negated(node: ASTNode): string {
  const field = fieldOf(node)
  if (field !== null && FACTS[field]) return FACTS[field][1]
  return `not (${say(node, false)})`
}

function value(node: ASTNode): string {
  const field = fieldOf(node)
  if (field !== null) return FIELDS[field] ?? field
  if (node.op === 'list') return node.args.map(value).join(', ')
  if (node.op === 'value') return typeof node.args === 'string' ? `“${node.args}”` : textOf(node)
  return quoted(textOf(node))
}

function fieldOf(node: ASTNode): string | null {
  return node.op === '.' && node.args[0].op === 'id' ? `${node.args[0].args}.${node.args[1]}` : null
}

const textOf = (node: ASTNode): string => node.input.slice(node.start, node.end)
const quoted = (text: string): string => `\`${text.trim().replaceAll(/\s+/g, ' ')}\``
const bracket = (text: string, nested: boolean): string => (nested ? `(${text})` : text)
