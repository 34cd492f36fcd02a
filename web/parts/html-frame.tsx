/**
 * HTML of others (mails, pages): sanitised, in a frame without scripts, forms or anything from elsewhere. Three walls, each enough:
 * DOMPurify, the frame's sandbox, and the page's policy, which the frame inherits.
 */
import { useMemo, useRef } from 'react'
import DOMPurify from 'dompurify'
import { styleNonce } from '../app/nonce.ts'

const STYLE = `:root{color-scheme:light dark}body{margin:0;padding:12px 16px;font:14px/1.6 ui-sans-serif,system-ui,sans-serif;
color:light-dark(#1c2430,#dfe3ea);background:light-dark(#fff,#1b1f26);overflow-wrap:anywhere;white-space:normal}
pre{white-space:pre-wrap;font:inherit;margin:0}mark{background:light-dark(#ffec99,#6b5600);color:inherit;border-radius:2px;padding:1px 0}
a{color:inherit}img{max-width:100%}table{max-width:100%}blockquote{border-left:3px solid #8884;margin:0 0 0 4px;padding-left:12px}`

const purify = DOMPurify()
// A picture from elsewhere would tell its sender that it was looked at.
purify.addHook('uponSanitizeAttribute', (_, attribute) => {
  if (attribute.attrName === 'src' && !attribute.attrValue.startsWith('data:image/')) attribute.keepAttr = false
})

/** Nothing that loads, runs or leads away by itself. Links stay as text with their address readable. */
export function clean(html: string): string {
  return purify.sanitize(html, {
    FORBID_TAGS: [
      'style',
      'form',
      'input',
      'button',
      'textarea',
      'select',
      'svg',
      'math',
      'iframe',
      'video',
      'audio',
      'link',
    ],
    FORBID_ATTR: ['style', 'srcset', 'background', 'ping', 'target'],
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#|data:image\/(?:png|gif|jpeg|webp);)/i,
    ALLOW_DATA_ATTR: false,
    USE_PROFILES: { html: true },
  })
}

interface Props {
  html: string
  title: string
  height?: number | string
  dark: boolean
}

export function HtmlFrame({ html, title, height = 420, dark }: Props) {
  const frame = useRef<HTMLIFrameElement>(null)
  const document = useMemo(
    () =>
      `<!doctype html><meta charset="utf-8"><style nonce="${styleNonce()}">${STYLE}:root{color-scheme:${dark ? 'dark' : 'light'}}</style>${clean(html)}`,
    [html, dark],
  )
  // Not allowed to run scripts; of our origin so that we can bring the lit passage into view.
  const loaded = () => {
    const inner = frame.current?.contentDocument
    inner?.querySelector('mark')?.scrollIntoView({ block: 'center' })
    for (const link of inner?.querySelectorAll('a[href]') ?? [])
      link.addEventListener('click', event => {
        event.preventDefault()
        const href = link.getAttribute('href') ?? ''
        if (/^https?:/i.test(href)) open(href, '_blank', 'noopener,noreferrer')
      })
  }
  return (
    <iframe
      ref={frame}
      title={title}
      sandbox="allow-same-origin"
      srcDoc={document}
      onLoad={loaded}
      style={{ width: '100%', height, border: 0, display: 'block' }}
    />
  )
}
