/** Leaders of any wording: one person and one post in a sentence on the firm's own page. */
import type { Draft, Sentence } from '../rule.ts'
import { PERSON, rx, TITLES } from '../words.ts'
import { ofItself, pageIs } from './speaker.ts'

const A_PERSON = rx(PERSON, 'gu')
const A_POST = rx(String.raw`(?<!\p{L})${TITLES}(?!\p{L})`, 'gu')
const TEAM = rx(
  String.raw`\b(?:team|people|leadership|management|board|about|who we are|Team|Leitung|Geschäftsführung|Über uns|équipe|direction|à propos|equipo)\b`,
)
const GONE = rx(
  String.raw`\b(?:former\p{L}*|retired?|until|left|resigned|previously|ex|früher\p{L}*|ehemalig\p{L}*|Ruhestand|bis|ancien\p{L}*|retraite|quitté|jusqu['’]\p{L}+|succeeds?|followed|deputy|not|customers?|clients?)\b`,
)

export function leader(sentence: Sentence): Draft[] {
  const { text } = sentence
  if (text.length > 200 || GONE.test(text) || !(pageIs(sentence, TEAM) || ofItself(sentence))) return []
  const [post, ...otherPosts] = [...text.matchAll(A_POST)].filter(match => !NO_POST.test(match[0]))
  if (post === undefined || otherPosts.length > 0) return []
  const rest = `${text.slice(0, post.index)}${'#'.repeat(post[0].length)}${text.slice(post.index + post[0].length)}`
  const people = [...rest.matchAll(A_PERSON)]
    .filter(match => !/(?:\bat|\bof|\bin|\bfrom|bei|chez|von|\bde|à)\s$/iu.test(rest.slice(0, match.index)))
    .map(([name]) => name.replace(LEADS_IN, ''))
    .filter(name => name.includes(' ') && !sentence.isSubject(name))
  const [person, ...others] = people
  return person === undefined || others.length > 0 ? [] : [{ kind: 'leader', value: `${person}, ${post[0].trim()}` }]
}
/** Words of posts that are as often something else: "head office", "lead time". */
const NO_POST = /^(?:(?:our|the|we)\s)?(?:head|lead|principal|owner|chair|responsable|manager|supervisor|controller)$/iu
const LEADS_IN =
  /^(?:The|Our|With|At|As|By|For|In|And|Meet|Under|Since|From|To|Ask|Call|Unser\p{L}*|Als|Mit|Bei|Die|Der|Das|Notre|Avec|Chez|Le|La)\s/u
