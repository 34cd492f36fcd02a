/** One case for each mistake that reading the facts of fresh sites and real pages brought up. */
import { describe, expect, it } from 'vitest'
import type { Block } from '../../domain/page/types.ts'
import type { EvidenceSource, FactKind, Subject } from '../../domain/evidence/types.ts'
import { extractByRules } from './extract.ts'

const subject: Subject = { name: 'Orrin Pumps Ltd', aliases: ['Orrin'], domain: 'orrin.example' }

function page(text: string, more: Partial<EvidenceSource> = {}): EvidenceSource {
  return { id: 's1', kind: 'page', text, publisher: subject, fetchedAt: '2026-02-01T00:00:00Z', ...more }
}

const drafted = (source: EvidenceSource, kind: FactKind): string[] =>
  extractByRules(subject, [source]).flatMap(claim => (claim.kind === kind ? [claim.value] : []))

const CAREERS = { title: 'Careers | Orrin' }
const PRODUCTS = { title: 'Products | Orrin' }
const POST = { dated: '2026-01-20' }

describe('what is no fact of that kind', () => {
  it.each<[FactKind, string, Partial<EvidenceSource>]>([
    ['authority', 'A growth loan of €12 million from Norridge Equity was signed in August 2026.', POST],
    ['authority', 'Say hello to Garden Ladle, a range of chilled soups.', POST],
    ['timing', 'On 13 January 2026 the mayor switched on our new solar roof.', POST],
    ['timing', 'Visit our stand at the trade fair on 12 May 2026.', POST],
    ['industry', 'For the early shift in Brno we are recruiting maintenance technicians.', {}],
    ['industry', 'This year we are investing €190,000 in maintenance systems.', {}],
    ['industry', 'Orrin Metallbau has its seat in Thun.', {}],
    ['need', 'We need a welder who wants to replace our old foreman.', CAREERS],
    ['budget', 'Should orders recover, we could imagine spending €60,000 on new software.', POST],
    ['expansion', 'Our Plant Director, Carys Fairhurst, decides on new suppliers.', POST],
    ['office', 'Our Plant Director, Carys Fairhurst, decides on new suppliers.', {}],
    ['hiring', 'Whoever has fought with Odoo on a Monday morning will get along with our planners.', CAREERS],
    ['hiring', 'Our fitters spend more time looking for documents than repairing pumps.', {}],
    ['customer', 'Wir liefern Pumpen und Gehäuse für Maschinenbauer.', {}],
    ['customer', 'Customers order Orchard Nine, our dry cider, by phone.', PRODUCTS],
    ['offering', 'Samples are cut on the table next door, so a prototype is with you within days.', PRODUCTS],
    ['offering', 'Call, write or simply come by.', PRODUCTS],
    ['offering', 'We run abas ERP for planning and purchasing.', {}],
    ['offering', 'We operate a depot in Derby.', {}],
    ['acquisition', 'It is part of the French group Synapsys founded in 2012.', {}],
    ['acquisition', 'Karl Ebner, Plant Director, is responsible for the purchase.', {}],
    ['founded', 'Since May 2025 we have been working in Brno too.', {}],
    ['description', 'We know that the speed of applications is critical to you and your customers.', {}],
    ['description', 'Our platform integrates seamlessly with your toolbox for best-in-class performance.', {}],
    ['leader', 'Our head office is in Fort Wayne.', {}],
    ['employees', 'With over 20 specialists employed since its launch, Orrin is growing.', {}],
    ['acquisition', 'Our story starts in 1978, when Ruth Orrin bought her first lathe.', {}],
    ['offering', 'Our network has grown: Verona joined in September 2025.', PRODUCTS],
    ['description', 'We like to be close to those we work for.', {}],
  ])('%s: %s', (kind, text, more) => {
    expect(drafted(page(text, more), kind)).toEqual([])
  })
})

describe('what is one, as pages write it', () => {
  it.each<[FactKind, string, string, Partial<EvidenceSource>]>([
    ['leader', 'Don McCaughey, founder', 'Orrin was founded in 2008 by Kevin Bomberry and Don McCaughey.', {}],
    ['leader', 'Mike Cammarato, co-founder', 'Orrin co-founders Alex Marcy and Mike Cammarato build pumps.', {}],
    [
      'leader',
      'Ruth Ayling, Managing Director',
      'The post of Managing Director is held by Ruth Ayling.',
      { title: 'Team' },
    ],
    ['partner', 'Lux Network', 'Orrin is an ecosystem partner of Hanzo and Lux Network.', {}],
    ['phone', '1 (602) 850-5200', '1 (602) 850-5200', {}],
    ['phone', '775.750.0540', '775.750.0540', {}],
    ['headquarters', 'Derby', 'Orrin Pumps Ltd, Mill Lane 12, DE1 3QT Derby', {}],
    ['headquarters', 'Chicago, IL', 'Orrin Pumps\n125 E 21st St #109\nChicago, IL 60616', {}],
    ['revenue', 'close to RM3,000,000', 'With a turnover close to RM3,000,000 the company is growing.', {}],
    ['founded', '2006', 'In 2006, the pump unit of Halden International was spun off to establish Orrin Pumps.', {}],
    ['industry', 'language school', 'Orrin is a language school.', {}],
    ['offering', 'Garden Ladle', 'Our range of chilled soups is called Garden Ladle.', PRODUCTS],
    ['timing', 'June 2027', 'In June 2027 the new system is to replace the old one.', POST],
    ['expansion', 'Brno', 'We now have a plant in Brno.', POST],
    ['authority', 'Karl Ebner', 'The choice of supplier rests with Karl Ebner, Plant Director.', POST],
    ['need', 'retorts', 'Too often our retorts stop without warning.', POST],
    ['founded', '1978', 'Our story starts in 1978, when Ruth Orrin bought her first lathe.', {}],
    ['founded', '1978', 'Orrin Pumps opened for business in 1978.', {}],
    ['headquarters', 'Derby', 'Derby-based Orrin Pumps makes pumps for breweries.', {}],
    ['office', 'Lyon', 'Orrin Pumps is headquartered in Austin, Texas, with offices in Leeds and Lyon.', {}],
    ['acquisition', 'Fenwick Valves', 'Fenwick Valves joins the Orrin Pumps family.', {}],
    [
      'acquisition',
      'subsidiary of Halden Group',
      'In 2024 Orrin Pumps became a wholly owned subsidiary of Halden Group.',
      {},
    ],
    ['launch', 'FlowMate', 'FlowMate is now generally available.', {}],
    ['launch', 'FlowMate 2.0', 'We are excited to announce FlowMate 2.0, the next generation of our leak sensor.', {}],
    ['leader', 'Sr. Product Marketing Manager', 'Charlie Russell, Sr. Product Marketing Manager', {}],
    ['offering', 'Quayside Pale', 'Try Quayside Pale, our low-alcohol pale ale.', PRODUCTS],
  ])('%s: %s', (kind, part, text, more) => {
    expect(drafted(page(text, more), kind).join('\n')).toContain(part)
  })

  it('a label in brackets behind the own name, where no spaces are written', () => {
    const netmile: Subject = { name: 'NetMile', aliases: ['ネットマイル'], domain: 'netmile.example' }
    const text =
      'サービスを運営する株式会社ネットマイル（本社：東京都千代田区、代表取締役社長：山本雅）は、開始いたします。'
    const values = extractByRules(netmile, [page(text, { publisher: netmile })]).map(claim => claim.value)
    expect(values).toEqual(expect.arrayContaining(['東京都千代田区', '山本雅, 代表取締役社長']))
    const other = text.replaceAll('ネットマイル', 'フォーサイド')
    expect(extractByRules(netmile, [page(other, { publisher: netmile })])).toEqual([])
  })

  it('a post in a list of news is dated by the line above it, up to the next heading', () => {
    const lines = ['What we plan', '3 January 2026', 'The choice rests with Karl Ebner, Plant Director.', 'Contact us']
    const text = lines.join('\n')
    const blocks = lines.map((line, at): Block => {
      const start = text.indexOf(line)
      return {
        kind: at === 0 || at === 3 ? ('heading' as const) : ('paragraph' as const),
        start,
        end: start + line.length,
      }
    })
    const dated = drafted(page(text, { blocks }), 'authority')
    const undated = drafted(page(text.replace('3 January 2026', 'Good news first'), {}), 'authority')
    expect([dated.length, undated.length]).toEqual([1, 0])
  })
})
