import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makePlan } from '../plan.ts'
import { rowReader } from '../row.ts'
import type { ImportKind, ImportRecord } from '../types.ts'
import { BatchMerge } from './batch.ts'
import { type Entry, isChanged, mergeCustom, newEntry, setField, type Stored, storedEntry } from './entry.ts'
import { StageBook } from './stages.ts'
import { type Known, TABLES } from './words.ts'

function reader(headers: string[], kind: ImportKind) {
  const read = rowReader(makePlan(headers, [], { currency: 'EUR', as: kind }), headers)
  return (rows: string[][]): ImportRecord[] =>
    rows.flatMap((cells, index) => {
      const result = read({ ok: true, row: index + 1, line: index + 2, cells })
      return result.ok ? [result.record] : []
    })
}

const empty = (): Known => ({ account: [], contact: [], product: [], lead: [], deal: [], refs: new Map() })

/** A store in memory: hands out all it has, and takes back what a merge leaves. */
class Store {
  known = empty()
  private last = 0

  import(kind: ImportKind, records: ImportRecord[], batch = records.length || 1) {
    const outcomes: string[] = []
    let changed = 0
    for (let from = 0; from < records.length; from += batch) {
      const merge = new BatchMerge(this.known, {
        kind,
        newId: () => `id${String(++this.last).padStart(6, '0')}`,
        mark: { by: 'import', id: 'import:1' },
        source: 'import',
        users: new Map(),
        stages: new StageBook([], [], () => `stage${++this.last}`),
      })
      for (const record of records.slice(from, from + batch)) outcomes.push(merge.add(record))
      changed += this.take(merge)
    }
    return { created: outcomes.filter(outcome => outcome === 'created').length, outcomes, changed }
  }

  private take(merge: BatchMerge): number {
    let changed = 0
    const next: Known = { ...empty(), refs: new Map([...this.known.refs, ...merge.newRefs]) }
    for (const table of TABLES)
      for (const entry of merge.entries[table].values()) {
        if (!entry.isNew && isChanged(entry)) changed++
        next[table].push(toStored(entry))
      }
    this.known = next
    return changed
  }
}
const toStored = ({ id, values, owners }: Entry): Stored => ({ id, values, owners })

const HEADERS = ['ID', 'Email', 'Name', 'Company', 'Website', 'Phone', 'Score']
const leads = reader(HEADERS, 'leads')

describe('merging leads', () => {
  const row = fc.tuple(
    fc.constantFrom('', '', '1', '2', '3'),
    fc.constantFrom(
      '',
      'ann@acme.example',
      'Ann+x@ACME.example',
      'ann@other.example',
      'bob@gmail.com',
      'b.o.b@gmail.com',
    ),
    fc.constantFrom('', 'Ann Bell', 'Bell, Ann', 'Bob'),
    fc.constantFrom('', 'Acme', 'Acme GmbH', 'Other Ltd'),
    fc.constantFrom('', 'acme.example', 'https://www.acme.example/x', 'other.example'),
    fc.constantFrom('', '+49 30 901820', '+49 30 901821'),
    fc.constantFrom('', '5', '7'),
  )
  const file = fc.array(row, { minLength: 1, maxLength: 25 })

  it('importing again creates nothing, in whatever batches', () => {
    fc.assert(
      fc.property(file, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), (rows, first, second) => {
        const store = new Store()
        const records = leads(rows)
        store.import('leads', records, first)
        const before = TABLES.map(table => store.known[table].length)
        const again = store.import('leads', records, second)
        expect(again.created).toBe(0)
        expect(TABLES.map(table => store.known[table].length)).toEqual(before)
      }),
      { seed: 21, numRuns: 400 },
    )
  })

  it('no two records have one e-mail, one domain or one id, and none points at nothing', () => {
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 9 }), (files, batch) => {
        const store = new Store()
        for (const rows of files) store.import('leads', leads(rows), batch)
        const all = (table: 'contact' | 'account' | 'lead', field: string) =>
          store.known[table].map(record => record.values[field] ?? null).filter(value => value !== null)
        for (const values of [all('contact', 'emailKey'), all('account', 'domain'), all('lead', 'contactId')])
          expect(new Set(values).size).toBe(values.length)
        const ids = (table: 'contact' | 'account') => new Set(store.known[table].map(record => record.id))
        expect(all('lead', 'contactId').filter(id => !ids('contact').has(id as string))).toEqual([])
        expect(all('contact', 'accountId').filter(id => !ids('account').has(id as string))).toEqual([])
      }),
      { seed: 22, numRuns: 400 },
    )
  })

  it('a file without contradictions changes nothing when it comes again', () => {
    const store = new Store()
    const records = leads([
      ['1', 'ann@acme.example', 'Ann Bell', 'Acme GmbH', 'acme.example', '+49 30 901820', '5'],
      ['', 'ann@acme.example', '', 'ACME', '', '', ''],
      ['2', '', '', '', '', '', '7'],
    ])
    expect(store.import('leads', records).outcomes).toEqual(['created', 'merged', 'created'])
    expect(store.import('leads', records)).toMatchObject({ created: 0, changed: 0 })
  })

  it('merges by e-mail, then by name within the company, then by id; two e-mails are two persons', () => {
    const store = new Store()
    const outcomes = (rows: string[][]) => store.import('leads', leads(rows)).outcomes
    expect(outcomes([['', 'ann@acme.example', 'Ann Bell', 'Acme', '', '', '']])).toEqual(['created'])
    expect(outcomes([['', 'Ann+tag@acme.example', '', '', '', '', '']])).toEqual(['merged'])
    expect(outcomes([['', '', 'Bell, Ann', 'ACME Inc', '', '', '']])).toEqual(['merged'])
    expect(outcomes([['', 'ann.bell@acme.example', 'Ann Bell', 'Acme', '', '', '']])).toEqual(['created'])
    expect(outcomes([['9', '', '', '', '', '', '1']])).toEqual(['created'])
    expect(outcomes([['9', '', '', '', '', '', '2']])).toEqual(['merged'])
    expect(outcomes([['8', '', '', '', '', '', '2']])).toEqual(['created'])
  })

  it('free mail makes no company', () => {
    const store = new Store()
    store.import(
      'leads',
      leads([
        ['', 'bob@gmail.com', 'Bob Ray', '', '', '', ''],
        ['', 'eve@gmail.com', 'Eve Day', '', '', '', ''],
      ]),
    )
    expect(store.known.account).toEqual([])
    expect(store.known.lead).toHaveLength(2)
  })

  it('a lead without person and company exists by its id alone', () => {
    const store = new Store()
    store.import('leads', leads([['7', '', '', '', '', '', '3']]))
    expect(store.known.lead[0]?.values).toMatchObject({ contactId: null, accountId: null, custom: { Score: '3' } })
  })

  it('a company known by name takes the domain that comes later, and keeps its own', () => {
    const store = new Store()
    const accounts = reader(['Company', 'Website'], 'accounts')
    store.import('accounts', accounts([['Acme GmbH', '']]))
    expect(store.import('accounts', accounts([['Acme', 'acme.example']])).outcomes).toEqual(['merged'])
    expect(store.import('accounts', accounts([['Acme', 'acme.test']])).outcomes).toEqual(['created'])
    expect(store.known.account.map(account => account.values.domain)).toEqual(['acme.example', 'acme.test'])
  })

  it('a company beside a lead is filled, not overwritten', () => {
    const store = new Store()
    store.import(
      'accounts',
      reader(['Company', 'Website', 'City'], 'accounts')([['Acme GmbH', 'acme.example', 'Bonn']]),
    )
    store.import(
      'leads',
      reader(['Email', 'Company', 'City', 'Industry'], 'leads')([['ann@acme.example', 'ACME', 'Rome', 'Software']]),
    )
    expect(store.known.account[0]?.values).toMatchObject({ name: 'Acme GmbH', city: 'Bonn', industry: 'Software' })
  })

  it('a later import does not turn the state of a lead back', () => {
    const store = new Store()
    const read = reader(['Email', 'Lead Status'], 'leads')
    store.import('leads', read([['ann@acme.example', 'New']]))
    const lead = store.known.lead[0] as Stored
    lead.values.status = 'qualified'
    store.import('leads', read([['ann@acme.example', 'New']]))
    expect(store.known.lead[0]?.values.status).toBe('qualified')
  })
})

describe('merging deals', () => {
  const headers = ['Deal ID', 'Deal Name', 'Company', 'Stage', 'Amount', 'Product']
  const deals = reader(headers, 'deals')

  it('creates deals without company, and adds the stages that the pipeline lacks', () => {
    const stages = new StageBook(
      [{ id: 'p', name: 'Sales' }],
      [
        { id: 'a', pipelineId: 'p', name: 'New', position: 1, kind: 'open' },
        { id: 'b', pipelineId: 'p', name: 'Closed won', position: 2, kind: 'won' },
      ],
      () => 'made',
    )
    expect(stages.find(null, 'new', 'open').id).toBe('a')
    expect(stages.find(null, 'Won', 'won').id).toBe('b')
    expect(stages.find(null, null, 'open').id).toBe('a')
    expect(stages.find(null, 'Engaging', 'open')).toMatchObject({ id: 'made', position: 3, kind: 'open' })
    expect(stages.find(null, 'Engaging', 'open')).toBe(stages.find(null, 'engaging', 'open'))
    const store = new Store()
    expect(
      store.import(
        'deals',
        deals([
          ['1', 'One', '', 'Engaging', '', ''],
          ['1', 'One', 'Acme', 'Won', '5', 'GTXPro'],
        ]),
      ).outcomes,
    ).toEqual(['created', 'merged'])
    expect(store.known.deal[0]?.values).toMatchObject({ name: 'One', amountMinor: '500' })
    expect(store.known.product).toHaveLength(1)
  })

  it('two ids are two deals though name and company are the same; without an id these tell', () => {
    const store = new Store()
    expect(
      store.import(
        'deals',
        deals([
          ['1', 'Big', 'Acme', '', '', ''],
          ['2', 'Big', 'Acme', '', '', ''],
          ['', 'Big', 'Acme', '', '', ''],
        ]),
      ).outcomes,
    ).toEqual(['created', 'created', 'merged'])
  })
})

describe('who may change a field', () => {
  const mark = { by: 'import', id: 'import:2' }
  const stored = (owners: Record<string, { by: string }>) =>
    storedEntry({ id: 'x', values: { title: 'Old', phone: null, custom: { a: '1' } }, owners }, 0)
  it.each([
    ['nobody known', {}, 'spared', 'set'],
    ['an import', { '*': { by: 'import' } }, 'set', 'set'],
    [
      'a person, field by field',
      { '*': { by: 'import' }, title: { by: 'person' }, phone: { by: 'person' } },
      'spared',
      'spared',
    ],
    ['an agent', { '*': { by: 'import' }, title: { by: 'agent' } }, 'spared', 'set'],
    ['a person, whose field an import set since', { '*': { by: 'person' }, title: { by: 'import' } }, 'set', 'set'],
  ])('%s', (_, owners, filled, blank) => {
    const entry = stored(owners)
    expect(setField(entry, 'title', 'New', 'update', mark)).toBe(filled)
    expect(setField(entry, 'phone', '1', 'update', mark)).toBe(blank)
    expect(setField(entry, 'title', null, 'update', mark)).toBe('same')
  })
  it('custom columns are added to any record and changed only on an import’s', () => {
    const foreign = stored({})
    expect(mergeCustom(foreign, { a: '2', b: '3' }, mark)).toBe('set')
    expect(foreign.values.custom).toEqual({ a: '1', b: '3' })
    expect(mergeCustom(foreign, { a: '2' }, mark)).toBe('spared')
    const own = stored({ '*': { by: 'import' } })
    mergeCustom(own, { a: '2' }, mark)
    expect(own.values.custom).toEqual({ a: '2' })
  })
  it('a field set back to what it was is no change', () => {
    const entry = stored({ '*': { by: 'import' } })
    setField(entry, 'title', 'New', 'update', mark)
    expect(isChanged(entry)).toBe(true)
    setField(entry, 'title', 'Old', 'update', mark)
    expect(isChanged(entry)).toBe(false)
    expect(newEntry('y', {}, mark, 1).owners).toEqual({ '*': mark })
  })
})

describe('the lawful basis of a person', () => {
  const read = reader(['Email', 'Name', 'Lawful basis', 'Consent date', 'Legal basis note'], 'contacts')
  const basisOf = ({ known }: Store) => {
    const { lawfulBasis, lawfulBasisOn, lawfulBasisNote, origin, originId } = known.contact[0]?.values ?? {}
    return [lawfulBasis, lawfulBasisOn, lawfulBasisNote, origin, originId]
  }

  it('is filled with its date and note where nobody has said, and never replaced', () => {
    const store = new Store()
    store.import('contacts', read([['a@acme.example', 'A', '', '2026-01-01', 'of no basis']]))
    expect(basisOf(store)).toEqual([null, null, null, 'import', '1'])
    store.import('contacts', read([['a@acme.example', 'A', 'opt-in', '2026-02-03', 'at the fair']]))
    expect(basisOf(store)).toEqual(['consent', '2026-02-03', 'at the fair', 'import', '1'])
    store.import('contacts', read([['a@acme.example', 'A', 'contract', '2026-05-06', 'by phone']]))
    store.import('contacts', read([['a@acme.example', 'A', '', '', 'of no basis']]))
    expect(basisOf(store)).toEqual(['consent', '2026-02-03', 'at the fair', 'import', '1'])
  })
})
