/** Builds what prospects send back: threaded replies with quoted history, absence notes, delivery reports. */
import type { SendMailOptions } from 'nodemailer'
import { day } from '../format.ts'
import { hash } from '../random.ts'
import type { Answer, Bounce, Contact, Lang } from '../types.ts'
import { deliveryReport } from './report.ts'
import type { Original } from './inbound.ts'

/** Labels that machines answer with: marked Auto-Submitted, sent with an empty return path. */
const AUTOMATIC = ['out_of_office', 'auto_reply', 'left_company']

/** The same for the same mail and recipient, so that a repeated delivery can be known as one. */
export function replyId(original: Pick<Original, 'messageId'>, contact: Pick<Contact, 'email'>): string {
  const both = `${original.messageId} ${contact.email}`
  return `<re.${hash(both).toString(36)}${hash(`${both}#`).toString(36)}@${contact.email.split('@')[1]}>`
}

export function buildReply(contact: Contact, answer: Answer, original: Original, now: Date): SendMailOptions {
  if (answer.bounce) return bounceMail(contact, answer.bounce, original, now)
  const automatic = AUTOMATIC.includes(answer.label)
  const style = hash(contact.id) % 3
  const text = automatic ? answer.text : `${answer.text}\n\n${quoted(original, answer.lang, style)}`
  return {
    envelope: { from: automatic ? '' : contact.email, to: original.replyTo },
    from: { name: contact.name, address: contact.email },
    to: original.replyTo,
    subject: subjectOf(answer, original),
    messageId: replyId(original, contact),
    inReplyTo: original.messageId,
    references: [...original.references, original.messageId],
    date: now,
    headers: automatic ? { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' } : {},
    text,
    ...(style === 1 && !automatic ? { html: html(answer.text, original, answer.lang) } : {}),
  }
}

const ABSENT: Record<Lang, string> = {
  en: 'Automatic reply',
  de: 'Automatische Antwort',
  fr: 'Réponse automatique',
  es: 'Respuesta automática',
}
const RE: Record<Lang, string> = { en: 'Re', de: 'AW', fr: 'RE', es: 'RE' }

function subjectOf(answer: Answer, original: Original): string {
  if (AUTOMATIC.includes(answer.label)) return `${ABSENT[answer.lang]}: ${original.subject}`
  return /^(re|aw|sv|antw)\s*:/i.test(original.subject) ? original.subject : `${RE[answer.lang]}: ${original.subject}`
}

const WROTE: Record<Lang, (when: string, who: string) => string> = {
  en: (when, who) => `On ${when}, ${who} wrote:`,
  de: (when, who) => `Am ${when} schrieb ${who}:`,
  fr: (when, who) => `Le ${when}, ${who} a écrit :`,
  es: (when, who) => `El ${when}, ${who} escribió:`,
}

const OUTLOOK: Record<Lang, [string, string, string, string]> = {
  en: ['Original Message', 'From', 'Sent', 'Subject'],
  de: ['Ursprüngliche Nachricht', 'Von', 'Gesendet', 'Betreff'],
  fr: ['Message d’origine', 'De', 'Envoyé', 'Objet'],
  es: ['Mensaje original', 'De', 'Enviado', 'Asunto'],
}

/** Two mail programs quote with `>`, the third copies the whole mail under a header block. */
function quoted(original: Original, lang: Lang, style: number): string {
  const when = day(original.date, lang)
  if (style === 2) {
    const [title, from, sent, subject] = OUTLOOK[lang]
    return `-----${title}-----\n${from}: ${original.fromName} <${original.replyTo}>\n${sent}: ${when}\n${subject}: ${original.subject}\n\n${original.text.trim()}`
  }
  const lines = original.text
    .trim()
    .split('\n')
    .map(line => (line ? `> ${line}` : '>'))
  return `${WROTE[lang](when, `${original.fromName} <${original.replyTo}>`)}\n${lines.join('\n')}`
}

function html(text: string, original: Original, lang: Lang): string {
  const safe = (s: string): string =>
    s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\n/g, '<br>\n')
  const paragraphs = text
    .split('\n\n')
    .map(p => `<p>${safe(p)}</p>`)
    .join('\n')
  const intro = safe(WROTE[lang](day(original.date, lang), original.fromName))
  return `<div>${paragraphs}</div>\n<div class="gmail_quote">${intro}<br>\n<blockquote>${safe(original.text.trim())}</blockquote></div>`
}

function bounceMail(contact: Contact, bounce: Bounce, original: Original, now: Date): SendMailOptions {
  const daemon = `mailer-daemon@${contact.email.split('@')[1]}`
  const id = replyId(original, contact)
  return {
    envelope: { from: '', to: original.replyTo },
    raw: deliveryReport({ daemon, id, contact, bounce, original, now }),
  }
}
