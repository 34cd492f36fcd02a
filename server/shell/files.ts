/** The built web app, read once: a server goes on serving the files that it began with, whatever becomes of the folder. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const TYPES = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
} as const
export const ASSET_TYPES = Object.values(TYPES)
export type AssetType = (typeof ASSET_TYPES)[number]

export interface Asset {
  type: AssetType
  /** By name of the encoding; best first. `identity` is always there. */
  bodies: { encoding: 'br' | 'gzip' | 'identity'; bytes: Uint8Array<ArrayBuffer> }[]
}

export interface WebFiles {
  /** The page's HTML, with `__NONCE__` where the answer's nonce goes. */
  index: string
  assets: ReadonlyMap<string, Asset>
}

const VARIANTS = [
  ['br', '.br'],
  ['gzip', '.gz'],
  ['identity', ''],
] as const

/** @param folder as scripts/boot/build-web.mjs leaves it */
export function readWeb(folder: string): WebFiles {
  const place = path.join(folder, 'assets')
  const names = new Set(readdirSync(place))
  const assets = new Map<string, Asset>()
  for (const name of names) {
    const type = TYPES[path.extname(name) as keyof typeof TYPES]
    if (type === undefined) continue
    const bodies = VARIANTS.filter(([, end]) => names.has(name + end)).map(([encoding, end]) => ({
      encoding,
      bytes: new Uint8Array(readFileSync(path.join(place, name + end))),
    }))
    assets.set(name, { type, bodies })
  }
  return { index: readFileSync(path.join(folder, 'index.html'), 'utf8'), assets }
}

/** The smallest form that the browser takes. @param accepts its Accept-Encoding */
export function bestBody({ bodies }: Asset, accepts: string): Asset['bodies'][number] {
  const taken = accepts
    .split(',')
    .map(part => part.trim().split(';'))
    .filter(([, weight]) => !/q=0(\.0*)?$/.test(weight?.trim() ?? ''))
    .map(([name]) => name)
  const best = bodies.find(({ encoding }) => encoding === 'identity' || taken.includes(encoding))
  return best ?? (bodies.at(-1) as Asset['bodies'][number])
}
