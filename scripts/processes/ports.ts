/** What the server needs of the outside world, each part loaded when it is first used. */
import { createWebhookPoster, type WebhookOptions } from '../../connectors/webhooks/post.ts'
import { parseAllowHosts, parseHostMap } from '../../connectors/web/rules.ts'
import type { Db } from '../../db/sql.ts'
import { leadById } from '../../db/stores/records.ts'
import type { ServerPorts } from '../../server/app.ts'

/** @param webhooks where messages may go; by DEALWRIGHT_ALLOW_HOSTS and DEALWRIGHT_HOST_MAP unless given */
export function serverPorts(db: Db, webhooks: WebhookOptions = fromEnvironment()): ServerPorts {
  const sending = () => import('../../activities/steps/send-mail.ts')
  return {
    // What reads mail is big, and nobody waits for it before the first mail.
    receive: async raw => (await import('../../activities/receive.ts')).receiveMail(db, raw),
    htmlOf: async raw => (await import('../../connectors/mail/html.ts')).htmlOf(raw),
    edit: async (...args) => (await sending()).editedMail(...args),
    record: async (...args) => (await sending()).recordSent(...args),
    kinds: async () => (await import('../../activities/registry.ts')).ACTION_KINDS,
    webhooks: createWebhookPoster(webhooks),
    async readPlaybook(text) {
      const { parsePlaybook } = await import('../../domain/playbook/parse.ts')
      const { catalogue } = await import('../../activities/registry.ts')
      const { playbook, problems } = parsePlaybook(text, 'playbook.yaml', catalogue)
      return { playbook: playbook ?? null, problems }
    },
    catalogue: async () => (await import('../../activities/registry.ts')).catalogue,
    tryScoring: async (scoring, most) =>
      (await import('../definitions/try-scoring.ts')).tryScoring(db, scoring, () => {}, most),
    tryTerritories: async (territories, most) =>
      (await import('../definitions/try-territories.ts')).tryTerritories(db, territories, () => {}, most),
    async askResearch(domain, by) {
      const { askForResearch, ensureAccount, ensureResearchPlaybook } = await import('../research/ask.ts')
      await ensureResearchPlaybook(db)
      const accountId = await ensureAccount(db, domain)
      return { accountId, eventId: await askForResearch(db, accountId, by) }
    },
    async brief(leadId) {
      const { findingsOfLead } = await import('../research/findings.ts')
      const { account, facts, rejects, unknown, brief } = await findingsOfLead(db, await leadById(db, leadId))
      return {
        account: account && { id: account.id, name: account.name, domain: account.domain },
        facts,
        rejects: { ...rejects },
        unknown,
        brief,
      }
    },
  }
}

function fromEnvironment(env: NodeJS.ProcessEnv = process.env): WebhookOptions {
  return {
    allowHosts: parseAllowHosts(env.DEALWRIGHT_ALLOW_HOSTS ?? ''),
    hostMap: parseHostMap(env.DEALWRIGHT_HOST_MAP ?? ''),
  }
}
