/**
 * What a sentence says about a factor: that it is there, that it is not, or nothing settled. By phrases in English,
 * German, French and Spanish. Open or hedged sentences ("unclear", "I would have to ask") settle nothing.
 */
import { wordwise } from '../message/pattern.ts'
import type { Factor } from './types.ts'

export type Polarity = 'met' | 'unmet' | 'open'

/** Said by someone who does not know, will find out, only asks or only supposes. */
const OPEN = [
  /\?\s*["”’»)]*$/u,
  /\b(?:not (?:yet )?(?:sure|clear|known|decided|fixed|settled)|un(?:clear|sure|known|decided)|whether|cannot say|can't say|hard to say|don['’]t know|do(?:es)? not know|no idea|have not (?:fixed|set|decided|discussed)|haven['’]t (?:fixed|set|decided|discussed)|would have to (?:ask|see|check|find|talk)|(?:have|need) to (?:ask|check) (?:first|internally|with)|will (?:find out|ask|check|look (?:up|into)|discuss|get back|let (?:you|us) know|clarify)|(?:get|come) back to (?:us|you) (?:about|on|with)|it depends|depends on|to be (?:decided|confirmed|clarified|discussed)|tbd|still (?:open|under discussion|going on|being discussed|in discussion)|did(?: not|n['’]t) (?:get to|say|want to|mention|discuss|ask|come up)|avoided|not (?:discussed|mentioned|talked about)|no date mentioned|remains to be seen|might|may(?=\s+(?:need|have|be|start|decide))|could imagine|perhaps|maybe|possibly|presumably|probably|should orders|if (?:we|they|the|all)|what order of magnitude|in a group\b|several people)\b/iu,
  /\b(?:unklar|ungewiss|noch (?:nicht|offen|unklar)(?! (?:gefunden|gelöst))|ob wir|ob sie|weiß (?:ich )?nicht|müsste ich|kläre|klären|vielleicht|eventuell|möglicherweise|hängt (?:davon )?ab|kommt darauf an|je nachdem)\b/iu,
  /(?<!\p{L})(?:pas (?:encore|sûr|certain|clair)|je ne sais pas|à voir|à confirmer|peut-être|éventuellement|cela dépend|ça dépend|il faudrait (?:que je|demander)|reste à|todavía no|aún no|no (?:lo )?sé|quizás?|tal vez|depende|tendría que preguntar)(?!\p{L})/iu,
].map(wordwise)

const UNMET: Record<Factor, RegExp[]> = {
  need: [
    /\b(?:no (?:real |such |current |actual )?(?:need|demand|use|interest|problems?|issue)|(?:do|does|did) not (?:have|see) (?:a |any )?(?:need|problem|use)|don['’]t (?:have|see) (?:a |any )?(?:need|problem|use)|doesn['’]t (?:have|see) (?:a |any )?(?:need|problem)|not (?:a|our) (?:topic|problem|issue|priority)|nothing (?:for us )?to (?:plan|solve|fix|improve|do)|need nothing|(?:need|require) (?:no|nothing)|(?:have|has) (?:just |recently |already )(?:introduced|bought|chosen|signed|installed|implemented|rolled out)|already (?:have|use|using|own|covered|served)|introduced (?:a |another )(?:competitor|different|other)|(?:happy|content|satisfied|pleased) with (?:what|our|the|their|it)|are content|(?:runs?|works?) (?:smoothly|fine|well|perfectly)|outsourced|we (?:have|own|run) no\b|they (?:have|own|run) no\b|do(?:es)? not need|don['’]t need|not needed|all good|rare\b|well (?:covered|served|equipped))\b/iu,
    /\b(?:kein(?:en)? (?:Bedarf|Problem|Interesse)|brauchen (?:wir )?(?:das |es )?nicht|brauchen wir keine?|haben bereits|haben schon|sind zufrieden|läuft (?:alles )?(?:gut|reibungslos)|pas (?:de )?besoin|aucun besoin|n['’](?:avons|a) (?:pas|aucun) besoin|avons déjà|sommes satisfaits|no (?:necesitamos|hay necesidad)|ya tenemos|ya contamos|estamos contentos)\b/iu,
  ].map(wordwise),
  budget: [
    /\b(?:no (?:\w+ )?(?:budget|money|funds|funding|means|financing)|without (?:a )?budget|budget (?:is|was|has been) (?:cut|frozen|gone|spent|exhausted|cancelled|refused|used up)|(?:spending|budgets?|investments?|purchases?|purchasing) (?:is|are|has been|have been|was|were|freeze|stop)\s*(?:frozen|stopped|on hold|until)?(?=.*(?:fr[eo]ez|stop|hold|further notice))|frozen|(?:spending|hiring|budget|investment) freeze|turned down|(?:refused|rejected|denied|declined|cancelled|cut|withdrew|withdrawn) (?:the |our |their |all )?(?:\w+ )?(?:money|budget|funds|funding|request)|(?:cannot|can['’]t|can not|could not) (?:pay|afford|spend|fund|finance)|not (?:be able to |able to )(?:pay|afford)|too expensive|out of (?:our )?(?:budget|reach)|not (?:been )?budgeted|nothing (?:is )?(?:budgeted|set aside|planned for)|(?:do|does) not have (?:a |any |the )?(?:budget|money|funds)|don['’]t have (?:a |any |the )?(?:budget|money|funds)|doesn['’]t have (?:a |any |the )?(?:budget|money))\b/iu,
    /\b(?:kein(?:e[nr]?)? (?:Budget|Geld|Mittel)|Budget (?:ist |wurde )?(?:gestrichen|eingefroren|ausgeschöpft)|Ausgabenstopp|Haushaltssperre|können (?:wir )?(?:uns )?(?:das )?nicht leisten|pas (?:de|le) (?:budget|moyens|argent)|aucun budget|budget (?:est )?(?:gelé|épuisé)|n['’]avons pas (?:de|les?) (?:budget|moyens)|sin presupuesto|no (?:hay|tenemos|contamos con) (?:presupuesto|dinero|fondos)|presupuesto (?:congelado|agotado))\b/iu,
  ].map(wordwise),
  authority: [
    /\b(?:no (?:say|authority|power|influence|mandate)|(?:cannot|can['’]t|can not|could not|may not|am not able to|unable to) (?:decide|sign|approve|commit)|not (?:in a position|authori[sz]ed|allowed|entitled|empowered|able) to (?:decide|sign|approve|buy)|not (?:a|the|my) (?:decision[- ]?maker|decision)|not (?:up to|for) (?:me|her|him|us|them)\b|(?:student|school|thesis|university) (?:project|paper)|intern\b|trainee collecting|only collecting|do(?:es)? not decide|don['’]t decide|doesn['’]t decide|do not deal with suppliers|unwilling to name|forbidden)\b/iu,
    /\b(?:(?:darf|kann) (?:ich |er |sie |das )?nicht (?:selbst )?(?:entscheiden|unterschreiben)|nichts zu sagen|keine (?:Entscheidungs)?befugnis|entscheide (?:ich )?nicht|ne (?:peux|peut) pas (?:décider|signer)|ne décide pas|aucun pouvoir|pas (?:le )?pouvoir|no (?:puedo|puede) (?:decidir|firmar)|no decido|sin autoridad)\b/iu,
  ].map(wordwise),
  timing: [
    /\b(?:postponed|shelved|indefinitely|on ice|on hold|(?:not|nothing|never|no plans?|no project)\b[^.]{0,60}\b(?:next (?:two|three|four|five|few|several|\d+) years|few years|years to come|foreseeable future|any time soon|anytime soon|soon|roadmap)|no (?:date|deadline|timeline|plans?)\b(?! mentioned)|not (?:on the|any) (?:roadmap|plans?|agenda)|(?:in|after|for) (?:a few|several|two|three|four|five|many) years|not (?:this|next) (?:year|decade)|cancelled|called off|far (?:off|away)|years away|not before 20\d\d)\b/iu,
    /\b(?:verschoben|auf Eis|auf unbestimmte Zeit|nicht in (?:diesem|den nächsten) (?:Jahr|Jahren)|kein(?:e)? (?:Termin|Zeitplan|Pläne)|reporté|suspendu|pas (?:de date|cette année|avant (?:deux|plusieurs) ans)|indéfiniment|aplazado|pospuesto|sin fecha|no este año)\b/iu,
  ].map(wordwise),
}

/** A denial that says something is there all the same: "no doubt", "cannot do that today", "no longer supported". */
const NEED_DESPITE_DENIAL =
  /\b(?:so|and|which is why|hence|therefore) (?:we|they) (?:now )?(?:need|want|look)|\bneed (?:a|to|that|an)\b|\bwe cannot\b|\bthey cannot\b/iu

export function polarity(factor: Factor, sentence: string): Polarity {
  const unmet = UNMET[factor].some(pattern => pattern.test(sentence))
  if (
    unmet &&
    !(
      factor === 'need' &&
      NEED_DESPITE_DENIAL.test(sentence) &&
      !/\bnot\b[^.]{0,12}\bneed\b|\bno need\b|n['’]t need\b/iu.test(sentence)
    )
  )
    return 'unmet'
  if (OPEN.some(pattern => pattern.test(sentence))) return 'open'
  return 'met'
}
