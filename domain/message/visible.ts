/**
 * What the writer of a mail wrote this time: without quoted history, and apart from signature and disclaimer. Offsets
 * are those of the whole text, so a quote found in the visible part is a quote of the source.
 */
import { pattern } from './pattern.ts'

export interface VisibleText {
  /** `text.slice(0, end)` less trailing white space: what was written this time, without the signature. */
  body: string
  end: number
  /** Between body and history: name, title, phone. Empty where none was seen. */
  signature: string
  /** The rest: quoted history, forwarded mails, disclaimers below them. */
  history: string
}

const HISTORY = [
  /^[ \t]*>/mu,
  /^[ \t]*(?:On|Am|Le|El)\s[^\n]{6,160}(?:\n[^\n]{0,120})?\s(?:wrote|schrieb|a écrit|escribió)[^\n]{0,160}:[ \t]*$/mu,
  /^[^\n]{4,120}\s(?:schrieb am|wrote on|a écrit le)\s[^\n]{4,80}:[ \t]*$/mu,
  /^[ \t]*-{2,}\s*(?:Original Message|Ursprüngliche Nachricht|Message d['’]origine|Message transféré|Mensaje original|Forwarded message|Weitergeleitete Nachricht|Original-Nachricht|Mensaje reenviado)\s*-{2,}/imu,
  /^[ \t]*(?:_{10,}|-{20,})[ \t]*\n[ \t]*(?:From|Von|De)\s*:/mu,
  /^[ \t]*(?:\*?(?:From|Von|De)\s*:\*?)[^\n]+\n[ \t]*(?:\*?(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado|Fecha|To|An|À)\s*:\*?)/mu,
  /^[ \t]*(?:Begin forwarded message|Anfang der weitergeleiteten Nachricht|Début du message transféré)\s*:/imu,
]
const CLOSING = pattern(
  String.raw`^[ \t]*(?:(?:best|kind|warm|many)\s+(?:regards|wishes|thanks)|best|regards|cheers|sincerely(?: yours)?|yours(?: sincerely| faithfully| truly)?|all the best|with (?:kind|best) regards|(?:mit )?(?:freundlichen|besten|herzlichen|schönen|vielen) grüßen|(?:freundliche|beste|herzliche|viele|schöne|liebe) grüße|(?:viele|beste|schöne) grüsse|mfg|vg|lg|gruß|cordialement|bien cordialement|bien à vous|cdlt|meilleures salutations|sincères salutations|un cordial saludo|saludos(?: cordiales)?|atentamente|un saludo)[ \t]*[,.!]?[ \t]*$`,
  'imu',
)
const SIGNATURE_MARK = /^--[ \t]?$/mu
const PHONE_SIGNATURE = /^[ \t]*(?:Sent from my|Von meinem|Gesendet von|Envoyé de mon|Enviado desde mi)\b[^\n]*$/imu

export function visibleText(text: string): VisibleText {
  const history = first(HISTORY, text) ?? text.length
  const written = text.slice(0, history)
  const marks = [SIGNATURE_MARK, PHONE_SIGNATURE].map(mark => mark.exec(written)?.index)
  // A closing is a signature's start only with something written above it, and with little below it.
  const closing = lastMatch(CLOSING, written)
  if (closing !== null && written.slice(0, closing).trim() !== '' && written.length - closing < 600) marks.push(closing)
  const cut = Math.min(
    history,
    ...marks.filter(mark => mark !== undefined && written.slice(0, mark).trim() !== '').map(Number),
  )
  const body = text.slice(0, cut).trimEnd()
  return { body, end: body.length, signature: text.slice(cut, history).trim(), history: text.slice(history).trim() }
}

function first(patterns: readonly RegExp[], text: string): number | null {
  const found = patterns.map(form => form.exec(text)?.index).filter(index => index !== undefined)
  return found.length === 0 ? null : Math.min(...found)
}

function lastMatch(form: RegExp, text: string): number | null {
  let at: number | null = null
  for (const match of text.matchAll(new RegExp(form.source, `${form.flags}g`))) at = match.index
  return at
}
