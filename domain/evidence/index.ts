/** The evidence room: claims checked against their sources, and outgoing sentences against facts and knowledge. */
export { checkClaim, countRejects } from './check.ts'
export type { Courtesy } from './courtesy.ts'
export { COURTESIES, courtesyOf } from './courtesy.ts'
export type { Binding, CheckedMail, CheckedSentence, KnowledgeItem, MailToCheck, StoredFact } from './mail.ts'
export { checkMail } from './mail.ts'
export { prepareSource } from './prepare.ts'
export { splitSentences } from './sentences.ts'
export * from './types.ts'
