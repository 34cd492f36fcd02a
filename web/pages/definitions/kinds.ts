/** The three texts by which ops says how things are judged: where each is read, tried, put in force and taken back. */
import { answered, api, ApiProblem } from '../../api/here.ts'
import type { Right } from '../../api/rights.ts'

export type Kind = 'policy' | 'scoring' | 'territories'

export interface InForce {
  /** 0: none has been published. */
  version: number
  text: string
  /** A change is made from it. */
  etag: string
}

export interface Version {
  version: number
  publishedBy: string
  publishedAt: string
}

type IfMatch = { headers: { 'if-match': string } }

interface KindOf {
  title: string
  about: string
  right: Right
  load: () => Promise<InForce>
  versions: () => Promise<readonly Version[]>
  textOf: (version: number) => Promise<string>
  /** Returns the version in force then. */
  publish: (text: string, ifMatch: IfMatch) => Promise<number>
  rollBack: (version: number, ifMatch: IfMatch) => Promise<number>
}

/** What answers "none yet" stands for an empty text. */
async function orNone(asked: Promise<InForce>): Promise<InForce> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'not_found') return { version: 0, text: '', etag: '*' }
    throw error
  }
}

async function policyInForce(): Promise<InForce> {
  const { data, etag } = await answered(api.policy.$get())
  return { version: data.version, text: data.text, etag: etag ?? '*' }
}

async function policyVersions(): Promise<readonly Version[]> {
  return (await answered(api.policy.versions.$get({ query: { limit: '100' } }))).data.items
}

export const KINDS: Readonly<Record<Kind, KindOf>> = {
  policy: {
    title: 'Policy',
    about: 'What agents may do by themselves, what asks a person, and what is refused',
    right: 'policy.publish',
    load: policyInForce,
    versions: policyVersions,
    textOf: async version =>
      (await answered(api.policy.versions[':version'].$get({ param: { version: String(version) } }))).data.text,
    publish: async (text, ifMatch) =>
      (await answered(api.policy.publish.$post({ json: { text } }, ifMatch))).data.version,
    rollBack: async (version, ifMatch) =>
      (await answered(api.policy.rollback.$post({ json: { version } }, ifMatch))).data.version,
  },
  scoring: {
    title: 'Scoring',
    about: 'What makes a lead worth it, point by point',
    right: 'scoring.publish',
    load: () =>
      orNone(
        answered(api.scoring.$get()).then(({ data, etag }) => ({
          version: data.version,
          text: data.text,
          etag: etag ?? '*',
        })),
      ),
    versions: async () => (await answered(api.scoring.versions.$get())).data,
    textOf: async version =>
      (await answered(api.scoring.versions[':version'].$get({ param: { version: String(version) } }))).data.text,
    publish: async (text, ifMatch) => (await answered(api.scoring.$put({ json: { text } }, ifMatch))).data.version,
    rollBack: async (version, ifMatch) =>
      (await answered(api.scoring.rollback.$post({ json: { version } }, ifMatch))).data.version,
  },
  territories: {
    title: 'Territories',
    about: 'Whose a lead is: by place, industry, size and how much each has already',
    right: 'territories.publish',
    load: () =>
      orNone(
        answered(api.territories.$get()).then(({ data, etag }) => ({
          version: data.version,
          text: data.text,
          etag: etag ?? '*',
        })),
      ),
    versions: async () => (await answered(api.territories.versions.$get())).data,
    textOf: async version =>
      (await answered(api.territories.versions[':version'].$get({ param: { version: String(version) } }))).data.text,
    publish: async (text, ifMatch) => (await answered(api.territories.$put({ json: { text } }, ifMatch))).data.version,
    rollBack: async (version, ifMatch) =>
      (await answered(api.territories.rollback.$post({ json: { version } }, ifMatch))).data.version,
  },
}
