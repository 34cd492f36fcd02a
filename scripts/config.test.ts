import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('nothing set means everything embedded and nothing private allowed', () => {
  expect(readConfig({})).toEqual({
    temporalNamespace: 'default',
    model: {},
    allowHosts: [],
    hostMap: {},
    listen: { host: '127.0.0.1' },
    signIn: { oidc: null, trustedProxies: [] },
  })
})

test('a wrong value is named by its variable and not repeated where it may hold a password', () => {
  const secret = 'mysql://user:hush@host/db'
  expect(() => readConfig({ DATABASE_URL: secret })).toThrow(/DATABASE_URL must be an address/)
  expect(() => readConfig({ DATABASE_URL: secret })).not.toThrow(/hush/)
  expect(() => readConfig({ TEMPORAL_ADDRESS: 'http://localhost:7233' })).toThrow(/TEMPORAL_ADDRESS/)
  expect(() => readConfig({ DEALWRIGHT_ALLOW_HOSTS: '10.0.0.1' })).toThrow(/host:port/)
  expect(() => readConfig({ DEALWRIGHT_HOST_MAP: 'acme.example' })).toThrow(/name=host:port/)
  expect(() => readConfig({ DEALWRIGHT_PORT: '70000' })).toThrow(/DEALWRIGHT_PORT/)
})

test('a model may be shown less, within what the product allows', () => {
  expect(readConfig({ DEALWRIGHT_MODEL_PASSAGES: '6000' }).model.passageChars).toBe(6_000)
  for (const wrong of ['1999', '24001', 'all'])
    expect(() => readConfig({ DEALWRIGHT_MODEL_PASSAGES: wrong })).toThrow(/DEALWRIGHT_MODEL_PASSAGES/)
})

test('the time-out of a model is given in seconds, within an hour', () => {
  expect(readConfig({ DEALWRIGHT_MODEL_TIMEOUT: '900' }).model.timeoutMs).toBe(900_000)
  for (const wrong of ['soon', '0', '3601'])
    expect(() => readConfig({ DEALWRIGHT_MODEL_TIMEOUT: wrong })).toThrow(/DEALWRIGHT_MODEL_TIMEOUT/)
})

test('lists and maps are read entry by entry', () => {
  const config = readConfig({
    DEALWRIGHT_ALLOW_HOSTS: '127.0.0.1:9001, [::1]:9002,',
    DEALWRIGHT_HOST_MAP: 'Acme.Example=127.0.0.1:9001,b.example=127.0.0.1:9002',
  })
  expect(config.allowHosts).toEqual(['127.0.0.1:9001', '[::1]:9002'])
  expect(config.hostMap).toEqual({ 'acme.example': '127.0.0.1:9001', 'b.example': '127.0.0.1:9002' })
})

test('a secret may come as a file; the variable itself wins; an empty file means not set', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dealwright-config-'))
  try {
    const file = path.join(folder, 'key')
    writeFileSync(file, 'sk-file\n')
    expect(readConfig({ OPENAI_API_KEY_FILE: file }).model.apiKey).toBe('sk-file')
    expect(readConfig({ OPENAI_API_KEY_FILE: file, OPENAI_API_KEY: 'sk-env' }).model.apiKey).toBe('sk-env')
    writeFileSync(file, '\n')
    expect(readConfig({ OPENAI_API_KEY_FILE: file }).model).toEqual({})
    expect(() => readConfig({ OPENAI_API_KEY_FILE: path.join(folder, 'none') })).toThrow(/OPENAI_API_KEY_FILE/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('single sign-on is configured whole or not at all, and its provider is reached by https', () => {
  const whole = {
    DEALWRIGHT_OIDC_ISSUER: 'https://id.example',
    DEALWRIGHT_OIDC_CLIENT_ID: 'dealwright',
    DEALWRIGHT_OIDC_CLIENT_SECRET: 'hush',
    DEALWRIGHT_OIDC_DOMAINS: 'Acme.example, other.example',
  }
  expect(readConfig(whole).signIn.oidc).toEqual({
    issuer: 'https://id.example',
    clientId: 'dealwright',
    clientSecret: 'hush',
    name: 'single sign-on',
    domains: ['acme.example', 'other.example'],
    trustEmail: false,
  })
  expect(() => readConfig({ ...whole, DEALWRIGHT_OIDC_CLIENT_SECRET: '' })).toThrow(/DEALWRIGHT_OIDC_CLIENT_SECRET/)
  expect(() => readConfig({ ...whole, DEALWRIGHT_OIDC_ISSUER: 'http://id.example' })).toThrow(/https/)
  expect(() => readConfig({ DEALWRIGHT_SIGN_IN_SECRET: 'short' })).toThrow(/at least 32/)
  expect(() => readConfig({ DEALWRIGHT_TRUSTED_PROXIES: '10.0.0.0/8, proxy' })).toThrow(/"proxy"/)
})
