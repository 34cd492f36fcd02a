/**
 * The names a firm gives itself on its own pages. Research often knows a company by its domain alone, or by the short form that a rep typed;
 * its pages say "Able Pear Software". A name counts only where it says the same as what is known: it begins with the known name, or its
 * letters are the domain's.
 */
import type { EvidenceSource, Subject } from '../domain/evidence/types.ts'

const MOST = 6
/** Places where a page names its owner: its title's parts, its data's `name`, `og:site_name`, its copyright line, the first words of a sentence. */
const NAMING = [
  /^(?:og:site_name|name|legalName|application-name|title|og:title): (?<v>[^\n]{2,120})$/gmu,
  /(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}(?:\s?[-–]\s?\d{4})?,?\s*)?(?:by\s+)?(?<v>\p{Lu}[^\n|•·–—]{1,60}?)(?:[.,]?\s*(?:all rights|alle rechte|tous droits)|[.|•·–—\n]|$)/gimu,
  /(?:^|[.!?]\s+)(?<v>\p{Lu}[\p{L}\p{N}&'’.-]*(?:\s+\p{Lu}[\p{L}\p{N}&'’.-]*){0,4})(?=\s+(?:is|was|has|are|offers?|provides?|makes?|builds?|helps?|pairs|ist|bietet|est|propose)\s)/gmu,
]

/** The subject with the further names its own pages give it. Pages of others add nothing. */
export function withOwnNames(subject: Subject, sources: readonly EvidenceSource[]): Subject {
  const known = [subject.name, ...subject.aliases]
  const added: string[] = []
  for (const source of sources) {
    if (source.kind !== 'page' || source.publisher === null || source.publisher.domain !== subject.domain) continue
    const named = [
      source.title ?? '',
      ...NAMING.flatMap(form => [...source.text.matchAll(form)].map(match => match.groups?.['v'] ?? '')),
    ]
    for (const name of named.flatMap(partsOf)) {
      if (added.length < MOST && !has([...known, ...added], name) && isSame(name, subject)) added.push(name)
    }
  }
  for (const name of inOtherScript(subject, sources)) if (added.length < MOST && !added.includes(name)) added.push(name)
  return added.length === 0 ? subject : { ...subject, aliases: [...subject.aliases, ...added] }
}

const NO_LATIN = /^(?=.*\p{L})[^\p{Script=Latin}]{2,30}$/u

/** "title: ネットマイル ｜ …" with "keywords: ネットマイル,NetMile": a title's part in another script, listed beside the known name. */
function inOtherScript(subject: Subject, sources: readonly EvidenceSource[]): string[] {
  return sources
    .filter(source => source.kind === 'page' && source.publisher?.domain === subject.domain && subject.domain !== null)
    .flatMap(source => {
      const words = (/^keywords: (.+)$/mu.exec(source.text)?.[1] ?? '').split(/[,，、]/u).map(word => word.trim())
      if (!words.some(word => squeeze(word) === squeeze(subject.name) || isSame(word, subject))) return []
      const titles = (source.title ?? '').split(/[|｜–—:：\s]+/u)
      return titles.filter(part => NO_LATIN.test(part) && words.includes(part))
    })
}

const partsOf = (text: string): string[] =>
  text
    .split(/\s+[|–—·•:-]\s+|\s*[|]\s*|,\s+(?=Inc|LLC|Ltd|GmbH)/u)
    .map(part => part.replace(/[\s.,]+$/u, '').trim())
    .filter(part => part.length >= 3 && part.length <= 50)

const has = (names: readonly string[], name: string): boolean => names.some(other => squeeze(other) === squeeze(name))

const squeeze = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

function isSame(name: string, subject: Subject): boolean {
  if (!/^\p{Lu}|^\p{Ll}+\p{Lu}/u.test(name) || name.split(/\s+/).length > 5) return false
  const short = squeeze(name)
  const label = squeeze((subject.domain ?? '').split('.')[0] ?? '')
  if (short.length < 3) return false
  if (label.length >= 4 && (short === label || (short.startsWith(label) && FIRM_END.test(name)))) return true
  const given = subject.name.toLowerCase().replace(/[.,]/g, '')
  return given.length >= 4 && !given.includes('.') && name.toLowerCase().startsWith(`${given} `) && FIRM_END.test(name)
}

/** A longer name is the same firm's where what it adds is a word of trade or legal form, not "Foundation" or a product. */
const FIRM_END =
  /(?<!\p{L})(?:software|tech|technologies|technology|systems|solutions|group|holding|company|industries|international|networks|services|labs|studios?|consulting|engineering|limited|ltd|inc|llc|corp|gmbh|ag|se|sa|sas|bv|pvt ltd|sdn bhd|plc)\.?$/iu
