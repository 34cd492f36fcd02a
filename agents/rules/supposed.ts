/** Words by which a sentence says that something is not so, or not yet. */
import { rx } from './words.ts'

/** What may be, was only rumoured, or came to nothing. */
export const SUPPOSED = rx(
  String.raw`\b(?:might|perhaps|maybe|possibly|could imagine|one day|some day|if (?:the|all|our|we|orders|things)|should (?:orders|things|the|our|we)|rumou?r\p{L}*|untrue|not true|contrary to|denies|denied|(?:is|are|was|were) (?:wrong|mistaken|false)|being considered|under (?:review|consideration)|consider(?:s|ing)?|think(?:s|ing)? about|hope to|hopes to|no plans?|broken off|called off|came to nothing|fell through|without (?:success|result)|gescheitert|geplatzt|abgebrochen|geprüft wird|wird geprüft|erwägen|überlegen|könnten?|vielleicht|eines Tages|entgegen|Gerücht\p{L}*|peut-être|pourrai\p{L}+|envisag\p{L}+|à l['’]étude|un jour|rumeur\p{L}*|contrairement|n['’]a pas abouti|quizás|podría\p{L}*)\b`,
)
