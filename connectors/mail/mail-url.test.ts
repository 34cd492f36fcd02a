import { describe, expect, it } from 'vitest'
import { DealwrightError } from '../../domain/errors.ts'
import { readMailUrl } from './mail-url.ts'

describe('readMailUrl', () => {
  it.each<[string, object]>([
    ['smtp://127.0.0.1:2525', { secure: false, starttls: 'never', host: '127.0.0.1', port: 2525, login: null }],
    ['smtp://[::1]:25', { host: '::1', port: 25, starttls: 'never' }],
    ['smtps://mail.example', { secure: true, port: 465 }],
    ['smtp://mail.example', { secure: false, port: 587, starttls: 'offered' }],
    ['smtp://a:b@mail.example', { starttls: 'required' }],
    ['smtp://a:b@mail.example?starttls=never', { starttls: 'never' }],
    ['smtp://localhost?starttls', { starttls: 'required' }],
    [
      'smtp://ann%40us.example:p%3A%2F%40@mail.example:26',
      { login: { user: 'ann@us.example', pass: 'p:/@' }, port: 26 },
    ],
  ])('reads %s', (url, expected) => {
    expect(readMailUrl('smtp', url)).toMatchObject(expected)
  })

  it('names the place without the login', () => {
    const { place } = readMailUrl('imap', 'imaps://ann:hunter2@mail.example')
    expect(place).toBe('imaps://mail.example:993')
  })

  it.each([
    '',
    'mail.example',
    'http://ann:hunter2@mail.example',
    'smtp://',
    'smtp://a:hunter2@x?tls=no',
    'smtp://a:hunter2@x?starttls=maybe',
    'smtp://a:%zzhunter2@x',
    'smtps://a:hunter2@mail example',
  ])('refuses %j without repeating it', url => {
    let caught: unknown
    try {
      readMailUrl('smtp', url)
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(DealwrightError)
    expect(caught).toMatchObject({ code: 'mail_url_invalid' })
    expect((caught as Error).message).not.toContain('hunter2')
  })
})
