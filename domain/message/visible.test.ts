import { describe, expect, it } from 'vitest'
import { visibleText } from './visible.ts'

const histories = [
  'On Mon, 3 Mar 2026 at 10:00, Ann Reed <ann@shiftwise.example> wrote:\n> old text',
  'Am 03.03.2026 um 10:00 schrieb Ann Reed:\n> old text',
  'Le lun. 3 mars 2026 à 10:00, Ann Reed a écrit :\n> old text',
  'El lun, 3 mar 2026 a las 10:00, Ann Reed escribió:\n> old text',
  '-----Original Message-----\nFrom: Ann Reed\nSent: Monday\nold text',
  'Von: Ann Reed <ann@shiftwise.example>\nGesendet: Montag, 3. März 2026\nAn: Tom\nold text',
  '________________________________\nFrom: Ann Reed\nold text',
  '> old text',
]

describe('visibleText', () => {
  it.each(histories)('cuts history: %s', history => {
    const text = `Yes, let us talk.\n\nBest regards,\nTom Pask\n\n${history}`
    const visible = visibleText(text)
    expect(visible.body).toBe('Yes, let us talk.')
    expect(visible.signature).toContain('Tom Pask')
    expect(visible.history).toContain('old text')
    expect(text.slice(0, visible.end)).toBe(visible.body)
  })

  it('cuts a signature after "--" and one of a phone', () => {
    expect(visibleText('Fine with me.\n-- \nTom\nOrrin Pumps').body).toBe('Fine with me.')
    expect(visibleText('Fine with me.\n\nSent from my phone').body).toBe('Fine with me.')
  })

  it('keeps a text that is nothing but a closing, and words that look like one in a sentence', () => {
    expect(visibleText('Best regards').body).toBe('Best regards')
    expect(visibleText('Best regards to your team!\nWe are on.').body).toBe('Best regards to your team!\nWe are on.')
  })
})
