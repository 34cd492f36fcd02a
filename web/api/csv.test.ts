import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

test('quotes what needs it, leaves empty what is not known, and runs nothing', () => {
  expect(
    csvOf(
      ['Name', 'Amount'],
      [
        ['Orrin, "Pumps"', 12.5],
        ['=HYPERLINK("x")', null],
        ['two\nlines', -3],
      ],
    ),
  ).toBe('Name,Amount\r\n"Orrin, ""Pumps""",12.5\r\n"\'=HYPERLINK(""x"")",\r\n"two\nlines",-3\r\n')
})
