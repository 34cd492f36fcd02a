/** The server, and the mail servers, if any are named. */
import { createSentFolder } from '../../connectors/mail/sent.ts'
import { createMailSender } from '../../connectors/mail/smtp.ts'
import type { Config } from '../config.ts'
import type { Home } from '../home.ts'
import { serverCall, serverUrl } from '../lib/server-call.ts'
import { bad, probe, type Check } from './check.ts'

export function checkServer(home: Home, config: Config): Promise<Check> {
  return probe('server', async () => {
    const url = await serverUrl(home, config)
    if (url === null) return bad('not running: start it with "npm start" (or "dealwright up") in another terminal')
    await serverCall('/healthz', { method: 'GET' })
    return `answers at ${url}`
  })
}

export function checkSmtp({ smtpUrl }: Config): Promise<Check> {
  return probe('smtp', async () => {
    if (smtpUrl === undefined) return 'no mail server is named (SMTP_URL): no mail leaves'
    await createMailSender(smtpUrl).ready()
    return `${new URL(smtpUrl).host} lets us in`
  })
}

export function checkImap({ imapUrl }: Config): Promise<Check> {
  return probe('imap', async () => {
    if (imapUrl === undefined) return 'no mailbox is named (IMAP_URL): mail of uncertain fate is settled by a person'
    const folder = createSentFolder(imapUrl)
    try {
      await folder.has('<doctor@dealwright.invalid>')
    } finally {
      folder.close()
    }
    return `${new URL(imapUrl).host} lets us in, and has a Sent folder`
  })
}
