/** Whom an action waits for: the rule is the domain's. */
export { mayDecide } from '../domain/policy/approver.ts'
