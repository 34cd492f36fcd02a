import { describe, expect, it } from 'vitest'
import { parseMapFile } from './map-file.ts'
import { makePlan, type PlanOptions } from './plan.ts'
import { rowReader } from './row.ts'
import type { ImportRecord } from './types.ts'

function plan(headers: string, rows: string[][] = [], options: Partial<PlanOptions> = {}) {
  const names = headers.split(',')
  const sample = rows.map((cells, index) => ({ ok: true as const, row: index + 1, line: index + 2, cells }))
  const made = makePlan(names, sample, { currency: 'EUR', ...options })
  const read = rowReader(made, names)
  const records = sample.map(row => {
    const result = read(row)
    return result.ok ? result.record : result.kept
  })
  return { ...made, records: records as ImportRecord[] }
}
const filled = (made: ReturnType<typeof plan>) => Object.keys(made.columns).sort()

describe('known exports', () => {
  it.each([
    [
      'hubspot',
      'contacts',
      'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lifecycle Stage,Create Date,Associated Company',
    ],
    ['hubspot', 'accounts', 'Record ID,Company name,Company owner,Company Domain Name,Industry,Country/Region'],
    ['hubspot', 'deals', 'Record ID,Deal Name,Deal Stage,Amount,Close Date,Deal owner,Pipeline'],
    [
      'salesforce',
      'leads',
      'Lead Owner,First Name,Last Name,Title,Company / Account,Email,Lead Source,Lead Status,Rating',
    ],
    ['salesforce', 'leads', 'Id,FirstName,LastName,Company,Email,Status,LeadSource,OwnerId,IsConverted'],
    [
      'salesforce',
      'deals',
      'Opportunity Owner,Account Name,Opportunity Name,Stage,Fiscal Period,Amount,Close Date,Next Step',
    ],
    ['salesforce', 'deals', 'Id,AccountId,Name,StageName,Amount,CloseDate,OwnerId'],
    ['salesforce', 'contacts', 'Contact ID,First Name,Last Name,Account Name,Email,Mailing City,Mailing Country'],
    ['salesforce', 'accounts', 'Account Owner,Account Name,Billing City,Billing Country,Industry,Annual Revenue'],
    [
      'pipedrive',
      'contacts',
      'Person - ID,Person - Name,Person - Email - Work,Person - Phone - Work,Person - Organization',
    ],
    [
      'pipedrive',
      'deals',
      'Deal - ID,Deal - Title,Deal - Value,Deal - Currency,Deal - Stage,Deal - Status,Deal - Organization',
    ],
    ['pipedrive', 'accounts', 'Organization - ID,Organization - Name,Organization - Owner,Organization - Address'],
    ['x_education_leads', 'leads', 'Prospect ID,Lead Number,Lead Origin,Lead Source,Do Not Email'],
    ['maven_crm', 'accounts', 'account,sector,year_established,revenue,employees,office_location,subsidiary_of'],
    ['maven_crm', 'products', 'product,series,sales_price'],
    ['maven_crm', 'deals', 'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value'],
  ])('%s %s: %s', (system, kind, headers) => {
    expect(plan(headers)).toMatchObject({ system, kind, recognised: system })
  })

  it('takes the work address of a Pipedrive person before the private one', () => {
    const made = plan('Person - ID,Person - Name,Person - Email - Home,Person - Email - Work,Person - Organization', [
      ['7', 'Ann Bell', 'ann@home.example', 'ann@acme.example', 'Acme'],
      ['8', 'Bob Ray', 'bob@home.example', '', 'Acme'],
    ])
    expect(
      made.records.map(record => [record.externalId, record.contact?.email, record.account?.name, record.custom]),
    ).toEqual([
      ['7', 'ann@acme.example', 'Acme', { 'Person - Email - Home': 'ann@home.example' }],
      ['8', 'bob@home.example', 'Acme', {}],
    ])
  })

  it('reads a HubSpot deal', () => {
    const made = plan('Record ID,Deal Name,Deal Stage,Amount,Close Date,Deal owner,Pipeline,Associated Company', [
      ['9', 'Big one', 'Closed Won', '12,500.00', '2024-05-01 10:00', 'Ann Bell', 'Sales Pipeline', 'Acme GmbH'],
    ])
    expect(made.records[0]).toMatchObject({
      externalId: '9',
      ownerName: 'Ann Bell',
      account: { name: 'Acme GmbH', nameKey: 'acme' },
      deal: {
        name: 'Big one',
        stageKind: 'won',
        amount: { minor: '1250000', currency: 'EUR' },
        closeDate: '2024-05-01',
        pipeline: 'Sales Pipeline',
      },
    })
  })
})

describe('other files', () => {
  it.each([
    ['leads', 'Email,Name,Company'],
    ['leads', 'Vorname,Nachname,E-Mail-Adresse,Firma,Telefon'],
    ['leads', 'Prénom,Nom de famille,Courriel,Société'],
    ['leads', 'Nombre,Apellidos,Correo electrónico,Empresa'],
    ['leads', 'Record ID,First Name,Last Name,Email,Job Title,Phone,Company,Website,Country,Lead Source,Message'],
    ['contacts', 'Contact ID,First Name,Last Name,Email,Company'],
    ['accounts', 'Name,Website,Industry,Employees'],
    ['accounts', 'Firma,Branche,Umsatz,Mitarbeiter'],
    ['deals', 'Deal Name,Company,Stage,Amount'],
    ['deals', 'Title,Value,Stage,Close Date'],
    ['products', 'Product,Price,SKU'],
  ])('%s: %s', (kind, headers) => expect(plan(headers).kind).toBe(kind))

  it('asks when the columns do not tell', () => {
    expect(() => plan('alpha,beta')).toThrow(/--as/)
    expect(plan('alpha,beta', [], { as: 'leads' }).kind).toBe('leads')
  })

  it('finds the column of addresses by what stands in it', () => {
    const made = plan(
      'Lead,Wohin',
      [
        ['Ann', 'ann@acme.example'],
        ['Bob', 'bob@acme.example'],
      ],
      { as: 'leads' },
    )
    expect(made.columns.email).toEqual([1])
  })

  it('reads German files: day first, decimal comma, thousands of euros', () => {
    const made = plan('Firma,Umsatz (TEUR),Mitarbeiter,Land,Gründungsjahr', [
      ['Köhler GmbH', '1.234', '2.500', 'Österreich', '1998'],
    ])
    expect(made.records[0]?.account).toMatchObject({
      name: 'Köhler GmbH',
      nameKey: 'kohler',
      revenue: { minor: '123400000', currency: 'EUR' },
      employees: 2500,
      country: 'AT',
      founded: 1998,
    })
    const deals = plan('Dealname,Firma,Betrag,Abschlussdatum', [
      ['A', 'X', '1.234,50', '03.04.2024'],
      ['B', 'X', '99', '03/04/2024'],
    ])
    expect(deals.records.map(record => [record.deal?.amount?.minor, record.deal?.closeDate])).toEqual([
      ['123450', '2024-04-03'],
      ['9900', '2024-04-03'],
    ])
  })

  it('keeps what it cannot read as it stands and says which field', () => {
    const made = plan('Deal Name,Company,Amount,Close Date', [['A', 'X', 'a lot', '03/04/2024']])
    expect(made.records[0]).toMatchObject({
      deal: { amount: null, closeDate: null },
      custom: { Amount: 'a lot', 'Close Date': '03/04/2024' },
      warnings: ['amount', 'closeDate'],
    })
  })

  it('knows one system by its set of columns, whatever their order', () => {
    const system = (headers: string) => plan(headers).system
    expect(system('ID,Email,Name')).toBe(system('Name,ID,Email'))
    expect(system('ID,Email,Name')).toBe(system('ID,Email,Name,import_row,import_reason,import_message,import_raw'))
    expect(system('ID,Email,Name')).not.toBe(system('ID,Email,Surname'))
    expect(plan('ID,Email', [], { system: 'old-crm' }).system).toBe('old-crm')
  })

  it('loses no cell: every one is in a field or in custom', () => {
    const headers = 'Lead ID,Email,Name,Company,Phone,Mobile,Country,City,Score,Lead Status,Notes'
    const cells = [
      '5',
      'ann@gmail.com',
      'Ann Bell',
      '',
      '+49 30 901820',
      '+49 170 1234567',
      'Atlantis',
      'Berlin',
      '17',
      'Odd',
      'x',
    ]
    const [record] = plan(headers, [cells]).records
    expect(record?.custom).toEqual({
      Mobile: '+49 170 1234567',
      Country: 'Atlantis',
      City: 'Berlin',
      Score: '17',
      'Lead Status': 'Odd',
      Notes: 'x',
    })
  })

  it('marks leads that the source has converted', () => {
    const made = plan('Lead ID,Email,Converted', [
      ['1', 'a@b.example', '1'],
      ['2', 'c@b.example', '0'],
    ])
    expect(made.records.map(record => record.lead?.status)).toEqual(['converted', null])
  })
})

describe('the map', () => {
  it('overrides the guess, in YAML or JSON', () => {
    const map = parseMapFile(
      'email: Kontaktweg\nfullName: null\nrevenue: { header: Volumen, unit: millions, currency: USD }\nphone: [Tel A, Tel B]\n',
    )
    const made = plan(
      'Name,Kontaktweg,Firma,Volumen,Tel B,Tel A',
      [['Ann', 'a@b.example', 'B', '1.5', '030 901821', '030 901820']],
      { map, as: 'leads' },
    )
    expect(made.records[0]).toMatchObject({
      contact: { email: 'a@b.example', name: null, phone: '030 901820' },
      account: { revenue: { minor: '150000000', currency: 'USD' } },
      custom: { Name: 'Ann', 'Tel B': '030 901821' },
    })
    expect(filled(plan('Name,Mail', [], { map: parseMapFile('{"email":"mail"}'), as: 'leads' }))).toEqual([
      'email',
      'fullName',
    ])
  })
  it.each([
    ['a field that does not exist', 'emial: Email', /emial/],
    ['no map', '- a', /field: column/],
    ['neither YAML nor JSON', '{a: [', /neither/],
    ['a wrong value', 'email: 7', /email/],
  ])('refuses %s', (_, text, message) => expect(() => parseMapFile(text)).toThrow(message))
  it('refuses columns and fields that are not there', () => {
    expect(() => plan('Email', [], { map: parseMapFile('phone: Fon') })).toThrow(/"Fon"/)
    expect(() => plan('Email', [], { map: parseMapFile('stage: Email'), as: 'leads' })).toThrow(/"stage"/)
  })
})
