/** The typed client: it works against a server, and what is wrong does not compile. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROJECT } from '../../scripts/home.ts'
import { answered, createClient, type Client } from '../../web/api/client.ts'
import { startApi, type TestApi } from '../support/api.ts'

let api: TestApi
let client: Client
beforeAll(async () => {
  api = await startApi()
  client = createClient(api.url, { apiKey: api.people.admin.apiKey })
})
afterAll(() => api.close())

describe('against a running server', () => {
  it('makes, reads and changes a record', async () => {
    const made = await answered(client.api.accounts.$post({ json: { name: 'Typed' } }))
    const { id } = made.data
    const read = await answered(client.api.accounts[':id'].$get({ param: { id } }))
    expect(read).toEqual(made)
    const changed = await answered(
      client.api.accounts[':id'].$patch(
        { param: { id }, json: { set: { name: 'Typed anew' } } },
        { headers: { 'if-match': read.etag ?? '' } },
      ),
    )
    expect(changed.data.name).toBe('Typed anew')
    expect(changed.etag).not.toBe(read.etag)
  })

  it('turns problem documents into errors with their code', async () => {
    const id = '00000000-0000-4000-8000-000000000000'
    await expect(answered(client.api.leads[':id'].$get({ param: { id } }))).rejects.toMatchObject({
      name: 'ApiProblem',
      code: 'not_found',
      status: 404,
      requestId: expect.any(String),
    })
    const nobody = createClient(api.url, { apiKey: 'dw_wrong' })
    await expect(answered(nobody.api.leads.$get({ query: {} }))).rejects.toMatchObject({ code: 'not_signed_in' })
    const nowhere = createClient('http://127.0.0.1:1')
    await expect(answered(nowhere.api.leads.$get({ query: {} }))).rejects.toMatchObject({ code: 'offline', status: 0 })
  })
})

describe('the compiler', () => {
  const HEAD = `import { answered, createClient } from '${PROJECT}/web/api/client.ts'\nconst client = createClient('')\n`
  const CASES: [what: string, line: string, complaint: string | null][] = [
    [
      'what is right',
      `export const lead = await answered(client.api.leads[':id'].$get({ param: { id: 'x' } }))
export const name: string = (await answered(client.api.accounts.$post({ json: { name: 'x' } }))).data.name`,
      null,
    ],
    ['a wrong path', `await client.api.laeds.$get()`, 'laeds'],
    ['a wrong method', `await client.api.status.$delete()`, '$delete'],
    ['a body of the wrong type', `await client.api.accounts.$post({ json: { name: 5 } })`, 'number'],
    ['a body without what it needs', `await client.api.accounts.$post({ json: {} })`, 'name'],
    ['a parameter too few', `await client.api.leads[':id'].$get({})`, 'param'],
    [
      'a query of the wrong type',
      `await client.api.webhooks[':id'].deliveries.$get({ param: { id: '' }, query: { status: 'lost' } })`,
      'lost',
    ],
    [
      'a field that answers do not have',
      `void (await answered(client.api.accounts.$post({ json: { name: '' } }))).data.nmae`,
      'nmae',
    ],
  ]
  const SETTINGS = {
    extends: path.join(PROJECT, 'tsconfig.json'),
    compilerOptions: {
      noUnusedLocals: false,
      rewriteRelativeImportExtensions: false,
      typeRoots: [path.join(PROJECT, 'node_modules', '@types')],
    },
    include: ['*.ts', path.join(PROJECT, 'db', '**', '*.d.ts')],
  }
  let folder: string
  let output: string

  /** All of them at once: the compiler reads the whole API for each run. */
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'seeded-'))
    writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}')
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(SETTINGS))
    for (const [n, [, line]] of CASES.entries())
      writeFileSync(path.join(folder, `case-${n}.ts`), `${HEAD}${line}\nexport {}\n`)
    const program = path.join(PROJECT, 'node_modules', 'typescript', 'bin', 'tsc')
    output = await new Promise(resolve => {
      execFile(process.execPath, [program, '--noEmit', '-p', folder], (_error, stdout, stderr) =>
        resolve(`${stdout}${stderr}`),
      )
    })
  }, 300_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each(CASES.map(([what, , complaint], n) => ({ what, complaint, n })))('takes $what as it should', of => {
    const said = output.split('\n').filter(line => line.includes(`case-${of.n}.ts`))
    // What is right is not spoken of.
    expect([said.length > 0, said.join('\n').includes(of.complaint ?? '')]).toEqual([of.complaint !== null, true])
  })
})
