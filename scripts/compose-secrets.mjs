#!/usr/bin/env node
// Makes the folder `secrets/` that docker-compose.yml reads: passwords and keys at random, and empty files for what only you
// know (model key, mail servers). What is already there is left as it is.
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const folder = path.resolve(process.argv[2] ?? 'secrets')
// The folder is shut; the files are not, since a container's user, whose number differs from ours, has to read them.
mkdirSync(folder, { recursive: true, mode: 0o700 })

const random = () => randomBytes(24).toString('hex')
const database = (user, password) => `postgresql://${user}:${password}@postgres:5432/dealwright`

const ownerPassword = ensure('postgres_password', random)
ensure('database_url', () => database('dealwright_owner', ownerPassword))
ensure('database_server_url', () => database('dealwright_server_login', random()))
ensure('database_worker_url', () => database('dealwright_worker_login', random()))
ensure('token', random)
ensure('erasure_key', random)
ensure('sign_in_secret', random)
const privateKey = ensure('server_private.pem', () =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim(),
)
ensure('server_public.pem', () => createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString().trim())
for (const name of ['openai_api_key', 'smtp_url', 'imap_url']) ensure(name, () => '')

console.error(
  `${folder} is complete. Fill in smtp_url (needed), imap_url and openai_api_key, then: docker compose up -d --build`,
)

function ensure(name, make) {
  const file = path.join(folder, name)
  if (!existsSync(file)) writeFileSync(file, `${make()}\n`, { mode: 0o644 })
  return readFileSync(file, 'utf8').trim()
}
