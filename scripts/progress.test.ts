import { expect, test } from 'vitest'
import { barLine, progress } from './progress.ts'

test('a bar shows what is done of what; without a total it counts', () => {
  expect(barLine('import', 12, 48, '')).toBe('import  ██████░░░░░░░░░░░░░░░░░░  12/48  25 %')
  expect(barLine('import', 60, 48, 'rows')).toBe(`import  ${'█'.repeat(24)}  60/48  100 %  rows`)
  expect(barLine('import', 12, undefined, 'rows')).toBe('import  12  rows')
})

test('a pipe gets nothing', () => {
  const written: string[] = []
  const pipe = { isTTY: false, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream
  const bar = progress('import', pipe)
  bar.update(1, 2)
  bar.end()
  expect(written).toEqual([])
})
