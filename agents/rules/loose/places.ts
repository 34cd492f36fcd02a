/** Seats and sites of any wording. */
import type { Draft, Sentence } from '../rule.ts'
import { SUPPOSED } from '../supposed.ts'
import { PLACE, rx, trimName } from '../words.ts'
import { ofItself } from './speaker.ts'

const SEAT = rx(
  String.raw`\b(?:head ?quarter\p{L}*|HQ|head office|main (?:office|site|building|works|plant|house)|registered|at home|home|home town|seat|based|heart|principal office|central office|central\p{L}*|address|sits?|where (?:it|everything|all)|Zentrale|\p{L}*[Ss]itz|zu Hause|Heimat|Haupthaus|Verwaltung|siège|sede|installée?s?|basée?s?)\b`,
)
const LIVES = rx(
  String.raw`\b(?:find us|visit us|(?:run|managed|led|steered|directed|operates?|works?|work)[^.;]{0,30} (?:from|out of)|under one roof in|von \p{Lu}\p{L}+ aus|dirigée?s? depuis|pilotée?s? depuis|comes? from|calls?|management|offices? (?:are|is)|gefunden|finden Sie uns|geleitet|dirigée?s?)\b`,
)
const NO_SEAT = rx(
  String.raw`\b(?:second|further|also|another|branch\p{L}*|additional|new|besides|weiter\p{L}+|zweit\p{L}+|auch|également|aussi|autre|third|subsidiary|working from home|home page|take home|deliver\p{L}*|customers?|market|home (?:delivery|decor|connectivity|networking))\b`,
)
const PLACE_AFTER = rx(
  String.raw`(?:\b(?:[Ii]n|[Aa]t|to|[Ff]rom|[Nn]ear|is|of|call|calls|aus|nach|von|Von|ist|depuis|agence de|site de|bureau de|[Àà]|est)|:|–|,)\s+(?:the (?:city|town) of\s+)?(?<v>${PLACE})`,
  'gu',
)
const PLACE_FIRST = rx(String.raw`^(?<v>${PLACE})\s+(?:is|remains|has been|ist|bleibt|est|reste)\b`, 'u')

export function headquarters(sentence: Sentence): Draft[] {
  const told = SEAT.test(sentence.text) || LIVES.test(sentence.text)
  if (!told || NO_SEAT.test(sentence.text) || !ofItself(sentence)) return []
  return placeIn(sentence).map(value => ({ kind: 'headquarters', value }))
}

const SITE = rx(
  String.raw`\b(?:offices?|branch(?:es)?|sites?|locations?|plants?|depots?|warehouses?|workshops?|factor(?:y|ies)|outposts?|bases?|teams?|colleagues|address(?:es)?|presence|present|represented|showrooms?|premises|shops?|stores?|people|Niederlassung\p{L}*|Standort\p{L}*|Büro\p{L}*|Zweigstelle\p{L}*|Außenstelle\p{L}*|Werk|Filiale\p{L}*|vertreten|Lager|agences?|bureaux?|sites?|antennes?|succursales?|présents?|présentes?|implant\p{L}+)\b`,
)
const MORE_OF_THEM = rx(
  String.raw`\b(?:also|too|as well|another|second|third|further|additional|other|besides|alongside|apart from|in addition|next to|nearby|local|regional|auch|ebenfalls|außerdem|zusätzlich|weiter\p{L}+|zweit\p{L}+|daneben|également|aussi|en outre|autre|second|deuxième|we (?:have|run|keep|maintain|operate|work)|of (?:its|our) own|ours|unterhalten|betreiben|haben wir|avons|disposons|accueille|notre|unsere?|in [^.]{2,40} we|our)\b`,
)
const NO_SITE = rx(
  String.raw`\b(?:clos(?:ed|ure|es)|shut|head ?quarter\p{L}*|head office|hiring|recruit\p{L}*|looking for|vacanc\p{L}+|opened|opening|market|wanted|apply|job|jobs|fair|university|institute|partner\p{L}*|Director|Manager|Supervisor|Leiter\p{L}*|\p{L}*leiter\p{L}*|directeur|directrice|responsable|no|not|never|kein\p{L}*|nicht|pas|without|ohne|sans|vain|wrong|neither|nor)\b`,
)

export function office(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (!SITE.test(text) || !MORE_OF_THEM.test(text) || NO_SITE.test(text) || SUPPOSED.test(text) || !ofItself(sentence))
    return []
  return placeIn(sentence).map(value => ({ kind: 'office', value }))
}

/** The place a sentence names: after a preposition, else at its beginning. */
export function placeIn({ text, isSubject }: Sentence): string[] {
  const found: string[] = []
  for (const match of text.matchAll(PLACE_AFTER)) found.push(match.groups?.['v'] ?? '')
  if (found.length === 0) found.push(PLACE_FIRST.exec(text)?.groups?.['v'] ?? '')
  const place = found.map(trimName).find(name => name.length > 2 && !isSubject(name) && !NO_PLACE.test(name))
  return place === undefined ? [] : [place]
}
const NO_PLACE =
  /^(?:We|Our|The|This|That|It|Us|You|Your|Europe|English|German|French|January|February|March|April|May|June|July|August|September|October|November|December|Contact|About|Unser\p{L}*|Wir|Nous|Notre|Home|Head|Main|Customer\p{L}*|Sales|Service|Team|Monday|Friday|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|Standort\p{L}*|Niederlassung\p{L}*|Werk|Büro|Zentrale|Sitz|Hauptsitz|Kunden)\b/u
