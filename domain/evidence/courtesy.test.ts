import { expect, test } from 'vitest'
import { courtesyOf } from './courtesy.ts'

test.each([
  ['Hi Anna,', 'greeting'],
  ['Dear Dr. Sabine Wolff,', 'greeting'],
  ['Sehr geehrte Frau Wolff,', 'greeting'],
  ['Bonjour Madame Le Goff,', 'greeting'],
  ['Thank you for your time.', 'thanks'],
  ['Vielen Dank für Ihre Antwort.', 'thanks'],
  ['Would you be open to a short call next week?', 'ask'],
  ['Could we have a 20 minute call on Tuesday?', 'ask'],
  ['Do you have 15 minutes for a call next week?', 'ask'],
  ['Can we talk next week?', 'ask'],
  ['Hätten Sie Zeit für ein kurzes Gespräch nächste Woche?', 'ask'],
  ['Auriez-vous 20 minutes pour un bref échange la semaine prochaine ?', 'ask'],
  ['¿Podemos hablar la próxima semana?', 'ask'],
  ['¿Tendría un momento para una breve llamada la próxima semana?', 'ask'],
  ['That is why I am writing to you from Dovetail Software Ltd.', 'bridge'],
  ['C’est pourquoi je vous écris.', 'bridge'],
  ['If this is not relevant right now, just tell me and I will not write again.', 'offer'],
  ['Si ce n’est pas d’actualité, dites-le-moi, je ne vous écrirai plus.', 'offer'],
  ['Please let me know if that suits you.', 'ask'],
  ['Best regards,', 'sign_off'],
  ['Mit freundlichen Grüßen', 'sign_off'],
  ['Best regards, Jonas Wieland', 'sign_off'],
])('%s → %s', (sentence, kind) => {
  expect(courtesyOf(sentence)?.kind).toBe(kind)
})

test.each([
  'Hi Anna, you have 250 employees,',
  'Thank you for your 20 % discount.',
  'Would you be open to a short call next week about your failing Excel sheets?',
  'Would you be open to saving 20 percent?',
  'Thanks for choosing us.',
  'Best price in Europe',
  'Let me know if your budget is 50,000 euros.',
  'Dear customer of Dovetail since 2019,',
  'Could we have a call on your 30 trucks?',
  'That is why I am writing to you about your failing Excel sheets.',
  'That is why I am writing to you from the only certified firm.',
])('no room for a claim: %s', sentence => {
  expect(courtesyOf(sentence)).toBeNull()
})
