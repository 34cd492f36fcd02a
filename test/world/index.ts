/** The sample world's door. */
export { generateWorld } from './world.ts'
export { writeKnowledge, knowledgeMarkdown } from './our/write.ts'
export { renderPage } from './pages/render.ts'
export type * from './types.ts'
export { hostMapOf, serveSites } from './serve-sites.ts'
export type { SiteRequest, SiteServer, SiteServerOptions } from './serve-sites.ts'
export { serveMail } from './serve-mail.ts'
export type { MailServer, MailServerOptions } from './serve-mail.ts'
