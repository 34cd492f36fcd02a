import { generateKeyPairSync } from 'node:crypto'
import { expect, it } from 'vitest'
import { derive, seal, unseal } from './vault.ts'

const key = generateKeyPairSync('ed25519').privateKey
const other = generateKeyPairSync('ed25519').privateKey
const plain = Buffer.from('an answer')

it('derives the same for the same purpose, and nothing alike for another', () => {
  expect(derive(key, 'a')).toEqual(derive(key, 'a'))
  expect(derive(key, 'a')).not.toEqual(derive(key, 'b'))
  expect(derive(key, 'a')).not.toEqual(derive(other, 'a'))
})

it('opens what it sealed, and nothing that was changed or is of another key or purpose', () => {
  const sealed = seal(key, 'a', plain)
  expect(unseal(key, 'a', sealed)).toEqual(plain)
  expect(sealed.includes(plain)).toBe(false)
  expect(seal(key, 'a', plain)).not.toEqual(sealed)
  const changed = Buffer.from(sealed)
  changed[20] = (changed[20] ?? 0) ^ 1
  for (const [by, purpose, bytes] of [
    [other, 'a', sealed],
    [key, 'b', sealed],
    [key, 'a', changed],
  ] as const)
    expect(() => unseal(by, purpose, bytes)).toThrow('authenticate data')
})
