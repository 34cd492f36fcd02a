import { describe, expect, it } from 'vitest'
import { litHtml } from './passage.ts'

describe('a passage lit in its source', () => {
  it('stands where it is said to stand', () => {
    const { html, found } = litHtml('12 people. 12 people.', { quote: '12 people', start: 11, end: 20 })
    expect([html, found]).toEqual(['<pre>12 people. <mark>12 people</mark>.</pre>', true])
  })

  it('is found by its words, whatever white space lies between them', () => {
    expect(litHtml('We make\n  pumps (all sizes)', { quote: 'make pumps (all' }).html).toBe(
      '<pre>We <mark>make\n  pumps (all</mark> sizes)</pre>',
    )
  })

  it('is escaped with everything around it', () => {
    expect(litHtml('<img src=x onerror=alert(1)> & so', { quote: 'onerror=alert(1)>' }).html).toBe(
      '<pre>&lt;img src=x <mark>onerror=alert(1)&gt;</mark> &amp; so</pre>',
    )
  })

  it('is told to be missing, and the text shown all the same', () => {
    expect(litHtml('Nothing', { quote: 'else' })).toEqual({ html: '<pre>Nothing</pre>', found: false })
    expect(litHtml('short', { quote: 'x', start: 3, end: 99 }).found).toBe(false)
  })
})
