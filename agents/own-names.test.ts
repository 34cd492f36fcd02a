import { describe, expect, it } from 'vitest'
import type { EvidenceSource, Subject } from '../domain/evidence/types.ts'
import { withOwnNames } from './own-names.ts'

const subject = (name: string, domain: string | null): Subject => ({ name, aliases: [], domain })
const page = (publisher: Subject | null, text: string, title: string | null = null): EvidenceSource => ({
  id: 's',
  kind: 'page',
  text,
  title,
  publisher,
  fetchedAt: '2026-03-01T00:00:00Z',
})
const names = (of: Subject, text: string, title: string | null = null): string[] =>
  withOwnNames(of, [page(of, text, title)]).aliases

describe('names a firm gives itself', () => {
  it('are found where only the domain is known', () => {
    expect(names(subject('orrinpumps.example', 'orrinpumps.example'), 'Pumps.', 'About us | Orrin Pumps')).toEqual([
      'Orrin Pumps',
    ])
  })
  it('are the longer form of the known name', () => {
    expect(names(subject('Orrin', 'orrin-p.example'), 'Orrin Software is a firm in Ghent.')).toEqual(['Orrin Software'])
    expect(names(subject('Orrin', 'orrin-p.example'), 'Text\n© 2026 Orrin Systems. All rights reserved.')).toEqual([
      'Orrin Systems',
    ])
  })
  it('are never those of another firm, of a product, or said on another’s page', () => {
    const orrin = subject('Orrin', 'orrin.example')
    expect(names(orrin, 'Halden Foods is a customer.\nname: Halden Foods', 'Halden Foods')).toEqual([])
    expect(names(orrin, 'Orrin Foundation is a charity. Orrin Flow is our pump.')).toEqual([])
    expect(withOwnNames(orrin, [page(subject('Other', 'other.example'), 'x', 'Orrin Group')]).aliases).toEqual([])
  })
})
