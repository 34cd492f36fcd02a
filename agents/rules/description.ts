/** Sentences in which a company says as a whole what it does. */
import type { Rule } from './rule.ts'
import { NAME, rx } from './words.ts'

const BUSINESS = rx(
  String.raw`^(?:our business is|what we do\b|in short\b|we are in the business of|unser geschäft\b|unser handwerk\b|was wir tun\b|notre métier\b|notre activité\b|ce que nous faisons\b|our (?:speciality|specialty|trade|mission) is|lo que hacemos|for (?:over |more than )?\p{L}+ years,? we)|^at [^,]{2,50}?,? we\b|^bei [^,]{2,40} (?:dreht sich|entstehen|fertigen wir|entwickeln wir)|^chez [^,]{2,40}, nous`,
)
const DESCRIBES = rx(
  String.raw`^(?:${NAME}|We|Our company|Wir|Nous|Notre entreprise|At ${NAME},? we)\s+(?:(?:is|are|ist|sind|est|sommes)\s+(?:an?|the|one of|eine?|der|die|das|une?|le|la|l['’]|your|Ihre?|specialis|speciali[sz]ed|spezialisiert)|(?:is|are|est|ist) (?:known|connue?|bekannt)|speciali[sz]es?|stands? for|delivers?|helps?|makes?|builds?|offers?|provides?|develops?|supports?|connects?|enables?|suppl(?:y|ies)|sells?|designs?|manufactures?|produces?|brings?|keeps?|baut|entwickelt|fertigt|liefert|bietet|unterstützt|hilft|helfen|bauen|entwickeln|fertigen|liefern|bieten|aide|conçoit|fabrique|développe|propose|accompagne|aidons|concevons|fabriquons|accompagnons|développons|proposons)\b(?!\s(?:our|unsere?|nos|notre)\s)`,
  'u',
)

const STARTS_WITH_NAME = rx(`^(${NAME})(?=\\s\\p{Ll})`, 'u')

export const description: Rule = ({ text, role, isSubject }) => {
  const named = STARTS_WITH_NAME.exec(text)?.[1]
  const own =
    named === undefined || /^(?:We|Our|At|Wir|Nous|Notre|What|Unser|Bei|Chez|In)\b/u.test(named) || isSubject(named)
  const fits =
    text.length >= 25 &&
    text.length <= 260 &&
    own &&
    (role === 'meta' ? text.length >= 40 : DESCRIBES.test(text) || BUSINESS.test(text))
  return fits &&
    !/\b(?:hiring|looking for|cookies?|certified|zertifiziert|certifiés?|team of|équipe de|headquarter\p{L}*|based in|partnership|employees|Mitarbeit\p{L}*|salariés)\b/iu.test(
      text,
    )
    ? [{ kind: 'description', value: text }]
    : []
}
