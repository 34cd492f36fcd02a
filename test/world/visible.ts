/** The visible text of the world's own pages, for its tests: tags away, what is hidden left out, spaces folded. */

/** Reads only what `pages/render.ts` writes; it is no reader of pages at large. */
export function visibleText(html: string): string {
  return fold(
    html
      .replace(/<!--[\s\S]*?-->/g, ' ')
      .replace(/<(script|style|title)[\s\S]*?<\/\1>/g, ' ')
      .replace(/<(\w+)[^>]*(display:none|color:#fff|left:-9999px|font-size:0|\shidden)[^>]*>[\s\S]*?<\/\1>/g, ' ')
      .replace(/<\/?(strong|a|b|small)\b[^>]*>/g, '')
      .replace(/<[^>]+>/g, '\n')
      .replace(/&quot;/g, '"')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&amp;/g, '&'),
  )
}

export function fold(text: string): string {
  return text.replace(/[\s\u00a0]+/g, ' ').trim()
}
