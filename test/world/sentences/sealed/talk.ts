/** What is said about need, budget, authority and timing, and about deals: second half. */
import type { Half, UpdatePhrasing } from '../types.ts'

export const factors: Half['factors'] = {
  need: {
    met: {
      mail: [
        'Last month the {assets} stood still for three days, and that must not happen again.',
        'At present each technician keeps a notebook of his own, which drives me mad.',
        'We have outgrown our spreadsheet and want something that plans the work for us.',
        'What bothers us most is that repairs are done twice because nobody writes them down.',
        'Half of our repairs could have been avoided with regular care of the {assets}.',
        'Our insurer insists on a record of inspections, and we do not have one.',
      ],
      note: [
        'Three days of standstill on the {assets} last month, wants to prevent a repeat.',
        'No overview of open jobs; technicians keep notebooks. Clear pain.',
        'Wants planning instead of firefighting for the {assets}.',
        'Their insurer demands inspection records, which they lack.',
        'Double repairs are common, she wants one list for everyone.',
      ],
    },
    unmet: {
      mail: [
        'Our lines are brand new and under full warranty, so there is nothing to improve.',
        'The tool we have does all we want.',
        'We gave up production and only trade now.',
        'Planning upkeep is not a problem of ours.',
      ],
      note: [
        'Everything new and under warranty, no pain at all.',
        'Happy with what they have, would not switch.',
        'They only trade, no machines.',
        'Could not name a single problem with maintenance.',
      ],
    },
    unknown: {
      mail: [
        'I would first have to ask the workshop how they see it.',
        'Send me your brochure.',
        'It might be of use, it might not.',
      ],
      note: [
        'He wants to ask the workshop first.',
        'Could not tell whether there is any pain.',
        'Talked about the weather mostly; need not discussed.',
      ],
    },
  },
  budget: {
    met: {
      mail: [
        'For the first stage we may spend {amount}.',
        'The owners have put {amount} aside for it.',
        'Our purse for the project holds {amount}.',
        'I have {amount} left in my budget that I can use for this.',
        'Financing is settled, {amount} in total.',
      ],
      note: [
        'May spend {amount} on the first stage.',
        'Owners have put {amount} aside.',
        '{amount} available, financing settled.',
        'She has {amount} left in her own budget and can use it.',
        'Money is no obstacle: {amount} approved.',
      ],
    },
    unmet: {
      mail: [
        'There are no funds for it.',
        'We cannot afford this.',
        'The owners will not release any money.',
        'Every investment has been cancelled.',
      ],
      note: [
        'No funds available.',
        'Investments cancelled across the board.',
        'Cannot afford it.',
        'Owners said no to any expense.',
      ],
    },
    unknown: {
      mail: [
        'Money has not been talked about here yet.',
        'It depends on what it costs in the end.',
        'I have no idea what our finance people would say.',
      ],
      note: ['Money not discussed yet.', 'He has no idea what finance would say.', 'Price question left open.'],
    },
  },
  authority: {
    met: {
      mail: [
        'I sign for this myself.',
        'It is my call.',
        'Nobody but me has to agree.',
        'The contract will be signed by {decider}, whom I copy in.',
        '{decider} makes the choice and would like to see it.',
      ],
      note: [
        'It is her call.',
        'He signs himself, nobody else has to agree.',
        '{decider} makes the choice and will join next time.',
        'Spoke to the person who signs.',
        'The one to convince is {decider}; she will bring him along.',
      ],
    },
    unmet: {
      mail: [
        'I may not sign anything.',
        'Our head office abroad forbids us to choose software.',
        'I am writing my thesis and only need information.',
        'It is not for me to decide, and those who do are not open to talks.',
      ],
      note: [
        'May not sign anything.',
        'Head office abroad forbids local software.',
        'Student writing a thesis.',
        'No influence on the choice, and no way to those who have.',
      ],
    },
    unknown: {
      mail: [
        'Who signs in the end I cannot tell you today.',
        'There is a committee for such things, I think.',
        'I would need to check our rules on this.',
      ],
      note: ['Could not tell who signs.', 'There may be a committee.', 'Has to check their rules on purchases.'],
    },
  },
  timing: {
    met: {
      mail: [
        'We are aiming for {month}.',
        'In {month} we have our yearly shutdown, and it should be installed then.',
        'I need an order on the table no later than {month}.',
        'From {month} on we must be able to show records.',
        'Let us be done with it by {month}.',
      ],
      note: [
        'Aiming for {month}.',
        'Shutdown in {month}: wants it installed then.',
        'Order to be placed no later than {month}.',
        'Must show records from {month} on.',
        'Deadline: {month}.',
      ],
    },
    unmet: {
      mail: [
        'There is no hurry whatsoever, not in this decade.',
        'The subject has been taken off the agenda for good.',
        'Do not expect anything for years.',
        'We have put the plan on ice.',
      ],
      note: [
        'On ice.',
        'Taken off the agenda for good.',
        'Years away, if ever.',
        'No hurry, not before the next decade.',
      ],
    },
    unknown: {
      mail: ['We will see when we get to it.', 'I cannot name a date.', 'That is for the works to say.'],
      note: ['Could not name a date.', 'They will see when.', 'Date depends on the works.'],
    },
  },
}

export const updates: UpdatePhrasing[] = [
  { field: 'amount', voice: 'mail', text: 'Let us settle on {amount}.' },
  { field: 'amount', voice: 'mail', text: 'If you can do it for {amount}, we have a deal.' },
  { field: 'amount', voice: 'mail', text: 'Adding the parts store brings the order to {amount}.' },
  { field: 'amount', voice: 'note', text: 'Volume rises to {amount} with the parts store.' },
  { field: 'amount', voice: 'note', text: 'Settled on {amount}.' },
  { field: 'close_date', voice: 'mail', text: 'You will have our signature on {date}.' },
  { field: 'close_date', voice: 'mail', text: 'The order will be placed on {date}.' },
  { field: 'close_date', voice: 'mail', text: 'We have to push the signing back to {date}.' },
  { field: 'close_date', voice: 'note', text: 'Order to be placed on {date}.' },
  { field: 'close_date', voice: 'note', text: 'Signing pushed back to {date}.' },
  { field: 'decision_maker', voice: 'mail', text: 'It is {decider} who has to say yes.' },
  { field: 'decision_maker', voice: 'mail', text: 'Our new contact for the decision is {decider}.' },
  { field: 'decision_maker', voice: 'note', text: 'It is {decider} who has to say yes.' },
  { field: 'decision_maker', voice: 'note', text: 'Decision now lies with {decider}.' },
  { field: 'stage', voice: 'mail', text: 'We are ready for your quotation.' },
  { field: 'stage', voice: 'note', text: 'Ready for our quotation.' },
  { field: 'next_step', voice: 'mail', text: 'Next, please send two engineers for a visit.' },
  { field: 'next_step', voice: 'note', text: 'Next: visit by two engineers.' },
]

export const formOpeners: Half['formOpeners'] = {
  en: [
    'Good day, a neighbour of ours uses your product.',
    'Hello there, I read your price list.',
    'I came across your page this morning.',
    'Our auditor mentioned you.',
    'Please send me more about your system.',
    'Evening, just filling this in after the late shift.',
  ],
  de: [
    'Hallo, ich bin über einen Fachartikel auf Sie gestoßen.',
    'Schönen guten Tag, unser Nachbarbetrieb arbeitet mit Ihnen.',
    'Bitte rufen Sie mich einmal zurück.',
  ],
  fr: ['Bonjour, j’ai vu votre liste de prix.', 'Bonjour, pouvez-vous me rappeler ?'],
  es: ['Hola, he leído su lista de precios.'],
}
