#!/usr/bin/env node
// Brings a fresh clone to where it can run, and does nothing (in well under 100 ms) where nothing is missing.
// `--tests` also brings what only tests need. Speaks on standard error. Written so that an old Node can read it and say so.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    'Dealwright needs Node 20.19 or newer; this is ' +
      process.version +
      '. Install a newer one (for example with nvm: "nvm install 24"), then try again.',
  )
  process.exit(1)
}

import('./setup/main.mjs')
  .then(({ setUp }) => setUp({ tests: process.argv.includes('--tests') }))
  .catch(error => {
    console.error('set-up: ' + (process.env.DEALWRIGHT_DEBUG ? error.stack : error.message))
    process.exit(1)
  })
