/** The evidence room: claims checked against their sources, and outgoing sentences against facts and knowledge. */
export { checkClaim, countRejects } from './check.ts'
export { prepareSource } from './prepare.ts'
export { splitSentences } from './sentences.ts'
export * from './types.ts'
