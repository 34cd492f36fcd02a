/** Greetings and closings around what is said. They carry no meaning, so both halves share them. */
import type { Lang } from '../types.ts'

export const GREETINGS: Record<Lang, [hello: string[], bye: string[]]> = {
  en: [
    ['Hello,', 'Hi,', 'Good morning,', 'Dear all,'],
    ['Best regards', 'Kind regards', 'Thanks', 'Cheers', 'Many thanks'],
  ],
  de: [
    ['Guten Tag,', 'Hallo,', 'Sehr geehrte Damen und Herren,'],
    ['Mit freundlichen Grüßen', 'Viele Grüße', 'Beste Grüße'],
  ],
  fr: [
    ['Bonjour,', 'Bonjour à vous,'],
    ['Cordialement', 'Bien à vous'],
  ],
  es: [
    ['Hola:', 'Buenos días:'],
    ['Un saludo', 'Saludos cordiales'],
  ],
}

/** Our own earlier mails in the threads: first contact, and the answer to a reply. */
export const OUR_MAILS = {
  first: [
    'Many works plan their upkeep on paper and pay for it in unplanned stops. Fettlework plans it for them. May I show you how in twenty minutes?',
    'I read about your maintenance work and thought of Fettlework. Would a short call be of use to you?',
    'Your colleagues in the trade plan their service dates with Fettlework. Shall I send you a few dates for a look at it?',
  ],
  second: [
    'Thank you, that helps. I have noted what you wrote and will prepare a proposal. Is there anything else that matters to you?',
    'Thanks for the clear words. I will adjust our plan and send you the next version.',
    'Good to know. I will come back to you with an agenda for our next call.',
  ],
  subjects: [
    'Planning your maintenance',
    'A question about your workshops',
    'Fewer unplanned stops',
    'Twenty minutes on upkeep',
  ],
}
