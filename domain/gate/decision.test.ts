import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../playbook/types.ts'
import { canonical, contentHash, reliedHash } from './canonical.ts'
import { type Decision, keyId, signDecision, verifyDecision } from './decision.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const decision: Decision = {
  actionId: 'a',
  kind: 'send_mail',
  contentHash: 'c'.repeat(64),
  reliedHash: 'd'.repeat(64),
  decision: 'approve',
  by: 'user:u',
  at: '2026-03-02T09:00:00.000Z',
  expiresAt: null,
}

describe('a signed decision', () => {
  it('holds for exactly what was signed, and for nothing that differs in any field', () => {
    const signature = signDecision(decision, privateKey)
    expect(verifyDecision(decision, signature, publicKey)).toBe(true)
    for (const field of Object.keys(decision) as (keyof Decision)[]) {
      expect(verifyDecision({ ...decision, [field]: 'other' }, signature, publicKey)).toBe(false)
    }
  })

  it('does not hold under another key, nor for a broken signature', () => {
    const other = generateKeyPairSync('ed25519')
    const signature = signDecision(decision, other.privateKey)
    expect(verifyDecision(decision, signature, publicKey)).toBe(false)
    expect(verifyDecision(decision, 'not base64 at all', publicKey)).toBe(false)
    expect(keyId(privateKey)).toBe(keyId(publicKey))
    expect(keyId(other.publicKey)).not.toBe(keyId(publicKey))
  })
})

describe('hashes', () => {
  it('do not depend on the order of keys, and do on every value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), values => {
        const content = JSON.parse(JSON.stringify(values)) as { [key: string]: Json }
        const turned = Object.fromEntries(Object.entries(content).toReversed())
        expect(contentHash('k', turned, null)).toBe(contentHash('k', content, null))
        expect(contentHash('k', { ...content, more: 1 }, null)).not.toBe(
          contentHash('k', { ...content, more: 2 }, null),
        )
        expect(JSON.parse(canonical(content))).toEqual(content)
      }),
    )
  })

  it('see one byte of the rendered message, and one relied-on value', () => {
    expect(contentHash('send_mail', {}, Buffer.from('a'))).not.toBe(contentHash('send_mail', {}, Buffer.from('b')))
    const field = { table: 'contact', id: '1', field: 'email', value: 'a@b.example' }
    const second = { table: 'lead', id: '1', field: 'status', value: 'new' }
    expect(reliedHash([field, second])).toBe(reliedHash([second, field]))
    expect(reliedHash([{ ...field, value: 'x@b.example' }])).not.toBe(reliedHash([field]))
  })
})
