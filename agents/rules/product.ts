/** Products that a page names. */
import type { Sentence } from './rule.ts'
import { SOFTWARE_NAME } from './lexicon.ts'

/** Names written as products are: capitals inside, or letters with a number. */
const PRODUCT_NAME =
  /(?<![\p{L}\p{N}@./-])(?!(?:EUR|USD|GBP|CHF|IT|ISO|AG|SE|KG|SA|SAS|EU|UK|USA?|ERP|CRM|HR|On|At|In|By|Am|Im|Le|En|For|The|Since|GmbH|Hall|Unit|Suite|Room|Box|Phase|Level|Grade|Type|Class|Halle|Mc\p{Lu}\p{L}+|Mac\p{Lu}\p{L}+|De\p{Lu}\p{L}+|Di\p{Lu}\p{L}+|Le\p{Lu}\p{L}+|[A-Z]\p{L}+\s(?:19|20)\d{2})(?![\p{L}]))(?:\p{Lu}\p{Ll}+\p{Lu}[\p{L}\d]*|\p{Lu}\p{Ll}{2,}-?\d[\p{L}\d-]*)(?:\s(?:Plus|Pro|Max|Mini|Lite|Light|One|Go|XL?|Premium|Basic|Studio|Cloud|Mobile|Online|Suite|Connect|\d{1,4})(?![\p{L}\p{N}]))?(?![\p{L}\p{N}@]|\.\p{L})/gu
/** Others' brands, and words of every page, that are written alike. */
const NOT_THEIRS =
  /^(?:LinkedIn|YouTube|GitHub|GitLab|WhatsApp|FaceTime|TikTok|PayPal|MasterCard|JavaScript|TypeScript|WordPress|PowerPoint|OpenAI|DevOps|FinTech|EdTech|HealthTech|SaaS|PaaS|IoT|WiFi|PhD|McKinsey|PricewaterhouseCoopers|DeepMind|AutoCAD|SolidWorks|HubSpot|NetSuite|QuickBooks|BambooHR|PostgreSQL|MongoDB|ServiceNow|SharePoint|SafeContractor|EcoVadis|InDesign|COVID\S*|Covid\S*)$/u

/** The first product's name in a sentence that is not the firm's own, nor known as another's. */
export function productIn({ text, isSubject }: Pick<Sentence, 'text' | 'isSubject'>): string | null {
  const known = [...text.matchAll(SOFTWARE_NAME)].map(match => [match.index, match.index + match[0].length] as const)
  for (const match of text.matchAll(PRODUCT_NAME)) {
    const inside = known.some(([start, end]) => match.index >= start && match.index < end)
    if (!inside && !NOT_THEIRS.test(match[0]) && !isSubject(match[0])) return match[0]
  }
  return null
}

/** "ChipWarm, a wood-chip supply contract": the product with what it is, where the sentence says so beside the name. */
export function withItsKind(text: string, name: string): string {
  const at = text.indexOf(name)
  const what = at === -1 ? null : KIND_BESIDE.exec(text.slice(at + name.length))?.groups?.['v']?.trim()
  return what === undefined || what === null || what.split(/\s+/).length > 8 ? name : `${name}, ${what}`
}
const KIND_BESIDE =
  /^\s*(?:,|:|\(|–|is|ist|est|, c['’]est)\s*(?:(?:an?|the|our|one of our|eine?|unsere?|die|der|das|une?|notre|le|la)\s+)?(?<v>\p{Ll}[^,.;:()]{3,60}?)(?=[,.;)]|$|\s(?:with|that|which|for|from|aus unserem|in our|mit)\s)/u
