/** Writes a page as HTML. Four layouts, so that no reader can rely on one. Visible text comes out as it was planned. */
import { PLACES } from '../data/places.ts'
import { UI } from '../data/ui.ts'
import type { Block, Company, HiddenHow, Page } from '../types.ts'
import { THEMES } from './themes.ts'
import type { Theme } from './themes.ts'

export function renderPage(company: Company, page: Page): string {
  const theme = THEMES[company.theme % THEMES.length] as Theme
  const ui = UI[company.lang]
  const head = [
    '<!doctype html>',
    `<html lang="${company.lang}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escape(page.title)}</title>`,
    `<link rel="canonical" href="http://${company.domain}${page.path}">`,
    `<meta name="description" content="${escape(description(company, page))}">`,
    page.published ? `<meta property="article:published_time" content="${page.published}T08:00:00Z">` : '',
    page.jsonLd
      ? `<script type="application/ld+json">${JSON.stringify(page.jsonLd).replaceAll('<', '\\u003c')}</script>`
      : '',
    `<style>${theme.css}</style>`,
    '</head>',
  ]
  const main = page.blocks.map(block => renderBlock(block, theme)).join('\n')
  const body = theme.frame({
    brand: escape(company.aliases[0] as string),
    nav: navigation(company, page),
    main: page.published ? `<article>\n${main}\n</article>` : main,
    footer: footer(company),
    cookie: `<p>${escape(ui.cookie.text)}</p>\n<button>${escape(ui.cookie.accept)}</button> <button>${escape(ui.cookie.decline)}</button>`,
  })
  const script = '<script>document.documentElement.classList.add("js")</script>'
  return `${head.filter(Boolean).join('\n')}\n<body>\n${body}\n${script}\n</body>\n</html>\n`
}

/** The first paragraph, as site builders fill it in. */
function description(company: Company, page: Page): string {
  const first = page.blocks.find(block => block.kind === 'paragraph')
  return first?.kind === 'paragraph' ? first.text : (company.aliases[0] as string)
}

function navigation(company: Company, current: Page): string {
  const links = company.pages
    .filter(page => page.nav !== null)
    .map(page => {
      const here = page.path === current.path ? ' aria-current="page"' : ''
      return `<li><a href="${page.path}"${here}>${escape(page.nav as string)}</a></li>`
    })
  return `<ul>${links.join('')}</ul>`
}

function footer(company: Company): string {
  const ui = UI[company.lang]
  const [privacy, privacyPath] = ui.nav.privacy
  return [
    `<p>${escape(company.name)} · ${escape(company.street)} ${escape(company.city)} · ${escape(countryOf(company))}</p>`,
    `<p><a href="tel:${company.phone.replaceAll(' ', '')}">${company.phone}</a> · <a href="mailto:${company.email}">${company.email}</a></p>`,
    `<p><a href="${privacyPath}">${escape(privacy)}</a> · ${escape(ui.footer.follow)}</p>`,
    `<p>© ${escape(company.aliases[0] as string)}. ${escape(ui.footer.rights)}</p>`,
  ].join('\n')
}

/** The country as the site's own language calls it. */
function countryOf(company: Company): string {
  const place = PLACES.find(p => p.country === company.country)
  return company.lang === 'en' || !place ? company.country : place.local
}

function renderBlock(block: Block, theme: Theme): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escape(block.text)}</h${block.level}>`
    case 'paragraph':
      return `<p>${inline(block.text, block.strong)}</p>`
    case 'dateline':
      return `<p><time datetime="${block.iso}">${escape(block.text)}</time></p>`
    case 'list':
      return `<ul>\n${block.items.map(item => `<li>${escape(item)}</li>`).join('\n')}\n</ul>`
    case 'table':
      return table(block.head, block.rows)
    case 'quote':
      return `<blockquote>\n<p>“${escape(block.text)}”</p>\n<footer>${escape(block.by)}</footer>\n</blockquote>`
    case 'cards':
      return `<div class="cards">\n${block.items.map(item => theme.card(escape(item.title), escape(item.text), item.href)).join('\n')}\n</div>`
    case 'figure':
      return `<figure><img src="/pictures/${block.caption.length}.jpg" alt=""><figcaption>${escape(block.caption)}</figcaption></figure>`
    case 'boilerplate':
      return `<aside>\n<h3>${escape(block.title)}</h3>\n<p>${escape(block.text)}</p>\n</aside>`
    case 'hidden':
      return hide(block.how, escape(block.text))
    default:
      return `<form action="/send" method="post">\n${block.fields.map(f => `<label>${escape(f)} <input name="f"></label>`).join('\n')}\n<button>${escape(block.button)}</button>\n</form>`
  }
}

function inline(text: string, strong: string | undefined): string {
  const at = strong ? text.indexOf(strong) : -1
  if (!strong || at < 0) return escape(text)
  return `${escape(text.slice(0, at))}<strong>${escape(strong)}</strong>${escape(text.slice(at + strong.length))}`
}

function table(head: string[], rows: string[][]): string {
  const th = head.map(cell => `<th>${escape(cell)}</th>`).join('')
  const tr = rows.map(row => `<tr>${row.map(cell => `<td>${escape(cell)}</td>`).join('')}</tr>`)
  return `<table>\n<thead><tr>${th}</tr></thead>\n<tbody>\n${tr.join('\n')}\n</tbody>\n</table>`
}

function hide(how: HiddenHow, text: string): string {
  switch (how) {
    case 'display':
      return `<div style="display:none">${text}</div>`
    case 'hidden_attribute':
      return `<p hidden>${text}</p>`
    case 'white_on_white':
      return `<p style="color:#fff;background:#fff">${text}</p>`
    case 'off_screen':
      return `<p style="position:absolute;left:-9999px">${text}</p>`
    case 'tiny':
      return `<span style="font-size:0">${text}</span>`
    default:
      // A comment: no visitor sees it, a careless reader of the source does.
      return `<!-- ${text.replaceAll('--', '- -')} -->`
  }
}

export function escape(text: string): string {
  return text.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] as string)
}
