/** Research as activities: begin, fetch a page, plan, extract. Pages are stored as sources; the workflow carries their ids. */
import { checkClaim } from '../domain/evidence/check.ts'
import { DealwrightError } from '../domain/errors.ts'
import type { JsonObject } from '../domain/playbook/types.ts'
import { research } from '../agents/researcher.ts'
import { planPages as plan } from '../connectors/web/pages.ts'
import { readPage } from '../connectors/web/read/read-page.ts'
import { fetchSitemap } from '../connectors/web/sitemap.ts'
import {
  forCheck,
  knownPage,
  sourceById,
  sourceByKey,
  sourcesByKeyStart,
  sourcesOfTalks,
  storeFacts,
  storeSource,
  storeUnknowns,
  type StoredSource,
} from '../db/stores/evidence.ts'
import { finishStep } from '../db/stores/runs.ts'
import type { Account } from '../db/stores/records.ts'
import type { Deps } from './deps.ts'
import { agentContext } from './model.ts'
import { contextOf } from './step.ts'
import { subjectOf } from './about.ts'
import type { StepContext } from './kinds.ts'

interface At {
  runId: string
  key: string
}

const DEFAULT_PAGES = 8

export function researchActivities(deps: Deps) {
  const { db, fetcher } = deps
  return {
    /** Addresses of the home page to try in turn; null when there is nothing at all to read, and the step is finished then. */
    async beginResearch(at: At): Promise<{ homes: string[] | null }> {
      const context = await contextOf(deps, at.runId, at.key)
      if (context.step.status !== 'pending') return { homes: null }
      const homes = homesOf(context.account)
      if (homes.length === 0 && !(await hasConversation(context))) {
        const why = context.account ? 'no_site' : 'no_company'
        const question = context.account ? 'What is the address of their web site?' : 'Which company are they with?'
        await db.tx(tx =>
          storeUnknowns(tx, { accountId: context.account?.id ?? null, leadId: context.run.leadId, runId: at.runId }, [
            { what: why === 'no_site' ? 'their web site' : 'the company', question },
          ]),
        )
        await finishStep(db, at.runId, at.key, {
          ...EMPTY,
          no_company: context.account === null,
          account_known: context.account !== null,
        })
        return { homes: null }
      }
      return { homes }
    },

    /** Fetches and reads one page. Returns the id of its source. Known already for this step: nothing is fetched. */
    async fetchPage(input: At & { url: string }): Promise<string | null> {
      const key = pageKey(input, input.url)
      const { stored, newest } = await knownPage(db, key, input.url)
      if (stored !== null) return stored
      const context = await contextOf(deps, input.runId, input.key)
      const fetched = await fetcher.fetch(input.url, newest ?? {})
      const publisher = {
        publisherName: context.account?.name ?? null,
        publisherDomain: context.account?.domain ?? null,
      }
      const common = {
        key,
        kind: 'page' as const,
        url: input.url,
        accountId: context.account?.id ?? null,
        ...publisher,
        httpStatus: fetched.httpStatus,
        etag: fetched.etag,
        lastModified: fetched.lastModified,
        fetchedAt: new Date(fetched.fetchedAt),
      }
      if (fetched.status === 'not_modified') {
        if (!newest) throw new DealwrightError('internal', `${input.url} answered "not modified" to a first request.`)
        const { text, title, dated, structure } = await sourceById(db, newest.id)
        return storeSource(db, { ...common, text, title, dated, structure })
      }
      const page = readPage(fetched.html, fetched.finalUrl)
      const dated =
        page.dates.find(date => date.kind === 'modified') ?? page.dates.find(date => date.kind === 'published')
      return storeSource(db, {
        ...common,
        text: page.text,
        title: page.title,
        lang: page.lang,
        dated: isoDay(dated?.iso),
        structure: {
          regions: page.regions,
          blocks: page.blocks,
          links: page.links.slice(0, 500),
          warnings: page.warnings,
        },
      })
    },

    /** Which further pages to read, from the home page's links and the sitemap. */
    async planPages(at: At): Promise<string[]> {
      const context = await contextOf(deps, at.runId, at.key)
      const read = await Promise.all(homesOf(context.account).map(url => sourceByKey(db, pageKey(at, url))))
      const source = read.find(one => one !== null)
      if (!source?.url) return []
      const home = source.url
      const max = typeof context.with.max_pages === 'number' ? context.with.max_pages : DEFAULT_PAGES
      const sitemap = await fetchSitemap(fetcher, home)
      const links = source.structure.links ?? []
      return plan({ home, links, sitemap: sitemap.urls, max })
        .map(page => page.url)
        .filter(url => url !== home)
    },

    /** One reading of everything at hand: facts, signals, qualification evidence, unknowns. Finishes the step. */
    async extractFacts(at: At): Promise<void> {
      const context = await contextOf(deps, at.runId, at.key)
      if (context.step.status !== 'pending') return
      const result = await extract(context)
      await finishStep(db, at.runId, at.key, result)
    },
  }

  async function extract(context: StepContext): Promise<JsonObject> {
    const { account, lead, run, step } = context
    const pages = account ? await pagesOfStep(context) : []
    const conversations = await conversationOf(context)
    const sources = pages.map(source => forCheck(source))
    const subject = subjectOf(context)
    if (sources.length === 0 && conversations.length === 0) {
      return { ...EMPTY, account_known: account !== null, no_company: account === null }
    }
    const found = await research(
      { subject, sources, conversations, check: checkClaim },
      agentContext(deps, { runId: run.id, stepKey: step.key }),
    )
    const byId = new Map([...pages, ...conversations].map(source => [source.id, new Date(source.fetchedAt)]))
    await db.tx(async tx => {
      await storeFacts(
        tx,
        found.facts.map(({ claim, verdict }) => ({
          accountId: account?.id ?? null,
          leadId: BANT.has(claim.kind) ? (lead?.id ?? null) : null,
          kind: claim.kind,
          value: claim.value,
          quote: verdict.quote,
          sourceId: claim.sourceId,
          start: verdict.start,
          end: verdict.end,
          happenedOn: isoDay(claim.when),
          by: found.by,
          runId: run.id,
          observedAt: byId.get(claim.sourceId) ?? new Date(),
        })),
      )
      await storeUnknowns(
        tx,
        { accountId: account?.id ?? null, leadId: lead?.id ?? null, runId: run.id },
        found.unknown,
      )
    })
    const rejected = Object.values(found.rejects).reduce((sum, n) => sum + n, 0)
    return {
      facts: found.facts.length,
      rejected,
      unknowns: found.unknown.length,
      pages: pages.length,
      by: found.by,
      account_known: account !== null,
      no_company: account === null,
    }
  }

  async function pagesOfStep(context: StepContext): Promise<StoredSource[]> {
    return sourcesByKeyStart(db, `page:${context.run.id}/${context.step.key}:`)
  }

  async function conversationOf({ lead, contact }: StepContext) {
    const sources = await sourcesOfTalks(db, {
      messageSourceId: lead?.messageSourceId ?? null,
      leadId: lead?.id ?? null,
      contactId: contact?.id ?? null,
    })
    return sources.map(source => forCheck(source))
  }

  async function hasConversation(context: StepContext): Promise<boolean> {
    return (await conversationOf(context)).length > 0
  }
}

const BANT = new Set(['need', 'budget', 'authority', 'timing'])
const EMPTY = { facts: 0, rejected: 0, unknowns: 1, pages: 0, by: 'rules' }

const pageKey = (at: At, url: string): string => `page:${at.runId}/${at.key}:${url}`

/** What the record says, else the domain: by https first, then plain. */
function homesOf(account: Account | null): string[] {
  const site = account?.website ?? account?.domain
  if (!site) return []
  if (site.includes('://')) return URL.canParse(site) ? [new URL(site).href] : []
  return [`https://${site}/`, `http://${site}/`].filter(url => URL.canParse(url))
}

/** A full ISO day, or null: partial dates stay in the fact's value. */
function isoDay(text: string | null | undefined): string | null {
  return text && /^\d{4}-\d{2}-\d{2}/.test(text) ? text.slice(0, 10) : null
}
