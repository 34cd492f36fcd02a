/** Prompts are Markdown files with front matter: id, version, model settings; then the text. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { DealwrightError } from '../domain/errors.ts'
import { splitFrontMatter } from './front-matter.ts'

const header = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.int().positive(),
  temperature: z.number().min(0).max(2).optional(),
  max_output_tokens: z.int().positive(),
})

export interface Prompt {
  id: string
  version: number
  settings: { temperature: number | undefined; maxOutputTokens: number }
  text: string
  /** sha256 (hex) of the whole file: a changed setting is a changed prompt. */
  hash: string
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** Throws `bad_input` naming the file and what is wrong with its front matter. */
export function parsePrompt(content: string, file: string): Prompt {
  const { data, body } = splitFrontMatter(content, file)
  const parsed = header.safeParse(data)
  if (!parsed.success) {
    throw new DealwrightError('bad_input', `${file}: ${z.prettifyError(parsed.error)}. Correct the front matter.`)
  }
  if (body === '') throw new DealwrightError('bad_input', `${file}: the prompt has no text after its front matter.`)
  const { id, version, temperature, max_output_tokens: maxOutputTokens } = parsed.data
  return { id, version, settings: { temperature, maxOutputTokens }, text: body, hash: sha256(content) }
}

const loaded = new Map<string, Prompt>()

/** Reads `prompts/<id>.md` once. The folder lies beside `agents/`, in the sources as in the build. */
export function loadPrompt(id: string): Prompt {
  const known = loaded.get(id)
  if (known !== undefined) return known
  const file = promptFolders()
    .map(folder => `${folder}${id}.md`)
    .find(path => existsSync(path))
  if (file === undefined) throw new DealwrightError('not_found', `There is no prompt ${id}: expected prompts/${id}.md.`)
  const prompt = parsePrompt(readFileSync(file, 'utf8'), `prompts/${id}.md`)
  loaded.set(id, prompt)
  return prompt
}

/** From `agents/` and from `dist/agents/`, where the build leaves Markdown files in their place. */
function promptFolders(): string[] {
  return ['../prompts/', '../../prompts/'].map(path => fileURLToPath(new URL(path, import.meta.url)))
}
