/** Four ways to build the same page: modern landmarks, nested divs, an old table layout, and a one-column journal. */

export interface Frame {
  brand: string
  nav: string
  main: string
  footer: string
  cookie: string
}

export interface Theme {
  css: string
  frame: (parts: Frame) => string
  card: (title: string, text: string, href: string | undefined) => string
}

const BASE =
  'body{font:17px/1.6 Georgia,serif;margin:0;color:#222}nav ul{list-style:none;display:flex;gap:1.2em;padding:0}a{color:#1d5c4a}table{border-collapse:collapse}td,th{padding:.3em 1em;border-bottom:1px solid #ccc;text-align:left}'

const linked = (title: string, href: string | undefined): string => (href ? `<a href="${href}">${title}</a>` : title)

export const THEMES: Theme[] = [
  {
    css: `${BASE}header,main,footer{max-width:60em;margin:auto;padding:1em}.cookie{background:#eee;padding:1em}.cards{display:grid;grid-template-columns:repeat(3,1fr);gap:1em}`,
    frame: ({ brand, nav, main, footer, cookie }) =>
      `<div class="cookie" role="dialog" aria-label="Cookies">\n${cookie}\n</div>\n<header><a class="brand" href="/">${brand}</a>\n<nav>${nav}</nav></header>\n<main>\n${main}\n</main>\n<footer>\n${footer}\n</footer>`,
    card: (title, text, href) => `<article class="card"><h3>${linked(title, href)}</h3><p>${text}</p></article>`,
  },
  {
    css: `${BASE}.wrap{max-width:52em;margin:auto}.c{border-left:4px solid #b5651d;padding-left:1em;margin:1em 0}`,
    frame: ({ brand, nav, main, footer, cookie }) =>
      `<div class="wrap"><div class="top"><div class="logo">${brand}</div><div class="menu" role="navigation">${nav}</div></div>\n<div class="content"><div class="inner">\n${main}\n</div></div>\n<div class="bottom" role="contentinfo">\n${footer}\n</div></div>\n<div id="cookie-banner">\n${cookie}\n</div>`,
    card: (title, text, href) => `<div class="c"><div><b>${linked(title, href)}</b></div><div>${text}</div></div>`,
  },
  {
    css: `${BASE}table.page{width:100%}td{vertical-align:top;border:0}`,
    frame: ({ brand, nav, main, footer, cookie }) =>
      `<table class="page"><tr><td colspan="2"><h2>${brand}</h2></td></tr>\n<tr><td width="180">${nav}</td><td>\n${main}\n</td></tr>\n<tr><td colspan="2"><small>\n${footer}\n</small></td></tr></table>\n<div class="cc-window">\n${cookie}\n</div>`,
    card: (title, text, href) => `<dl><dt>${linked(title, href)}</dt><dd>${text}</dd></dl>`,
  },
  {
    css: `${BASE}body{max-width:40em;margin:2em auto}header{border-bottom:2px solid}`,
    frame: ({ brand, nav, main, footer, cookie }) =>
      `<header><h2>${brand}</h2></header>\n<main>\n${main}\n</main>\n<nav>${nav}</nav>\n<footer>\n${footer}\n</footer>\n<aside class="consent">\n${cookie}\n</aside>`,
    card: (title, text, href) => `<section><h3>${linked(title, href)}</h3>\n<p>${text}</p></section>`,
  },
]
