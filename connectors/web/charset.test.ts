import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { decodeBody } from './charset.ts'

const german = 'Grüße aus Köln – 5 €'
const japanese = '株式会社ネットマイル'

test.each([
  ['header', iconv.encode(german, 'windows-1252'), 'text/html; charset=windows-1252', german, 'windows-1252'],
  [
    'header with the name the web misuses',
    iconv.encode(german, 'windows-1252'),
    'text/html;charset="ISO-8859-1"',
    german,
    'windows-1252',
  ],
  ['Shift_JIS header', iconv.encode(japanese, 'shift_jis'), 'text/html; charset=Shift_JIS', japanese, 'shift_jis'],
  [
    'EUC-JP by meta',
    iconv.encode(`<meta charset=euc-jp>${japanese}`, 'euc-jp'),
    'text/html',
    `<meta charset=euc-jp>${japanese}`,
    'euc-jp',
  ],
  ['byte order mark over header', Buffer.from(`\ufeff${german}`), 'text/html; charset=windows-1252', german, 'utf-8'],
  ['UTF-16 by mark', Buffer.from(`\ufeff${german}`, 'utf16le'), null, german, 'utf-16le'],
  [
    'header over meta',
    Buffer.from(`<meta charset=windows-1252>${german}`),
    'text/html; charset=utf-8',
    `<meta charset=windows-1252>${german}`,
    'utf-8',
  ],
  ['unknown label falls through to the guess', Buffer.from(german), 'text/html; charset=klingon', german, 'utf-8'],
  ['nothing said, valid UTF-8', Buffer.from(japanese), null, japanese, 'utf-8'],
  ['nothing said, not UTF-8', iconv.encode(german, 'windows-1252'), null, german, 'windows-1252'],
])('%s', (_name, body, contentType, text, charset) => {
  expect(decodeBody(body, contentType)).toEqual({ text, charset })
})

test('the old form of meta, and one behind the first kilobyte', () => {
  const meta = '<meta http-equiv="Content-Type" content="text/html; charset=shift_jis">'
  expect(decodeBody(iconv.encode(`${meta}${japanese}`, 'shift_jis'), 'text/html').text).toContain(japanese)
  const late = `<!--${'x'.repeat(2_000)}-->${meta}${japanese}`
  expect(decodeBody(iconv.encode(late, 'shift_jis'), 'text/html').text).toContain(japanese)
})

test('ISO-2022-JP, which needs the runtime decoder', () => {
  const body = Buffer.from([0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42])
  expect(decodeBody(body, 'text/html; charset=iso-2022-jp').text).toBe('日本')
})

test('a meta that claims UTF-16 is read as UTF-8', () => {
  expect(decodeBody(Buffer.from(`<meta charset="utf-16">${german}`), null).charset).toBe('utf-8')
})
