import { expect, it } from 'vitest'
import { checkClaim } from '../domain/evidence/check.ts'
import type { Claim, EvidenceSource, FactKind, Subject } from '../domain/evidence/types.ts'
import { checkClaims } from './claims.ts'

const subject: Subject = { name: 'Orrin Pumps Ltd', aliases: ['Orrin'], domain: 'orrin.example' }
const source = (id: string, text: string): EvidenceSource => ({
  id,
  kind: 'page',
  text,
  publisher: subject,
  fetchedAt: '2026-02-01T00:00:00Z',
})
const claim = (sourceId: string, kind: FactKind, quote: string): Claim => ({
  subject,
  kind,
  value: quote,
  quote,
  sourceId,
})

const HIRES = 'We are hiring a welder in Derby.'
const read = (notice: string) =>
  checkClaims(
    [claim('home', 'closure', notice), claim('careers', 'hiring', HIRES)],
    [source('home', notice), source('careers', HIRES)],
    checkClaim,
  )

it('a company that another page calls closed hires nobody', () => {
  const { facts, rejects } = read('Orrin ceased trading in January 2026.')
  expect(facts.map(fact => fact.claim.kind)).toEqual(['closure'])
  expect(rejects.negated).toBe(1)
})

it('a closed depot changes nothing', () => {
  const { facts } = read('Our Dundee depot closed its doors in January 2026.')
  expect(facts.map(fact => fact.claim.kind)).toContain('hiring')
})
