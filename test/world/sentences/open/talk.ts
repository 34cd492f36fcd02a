/**
 * What is said in mails and call notes about need, budget, authority and timing, and about deals: first half.
 * `unknown` sentences touch the matter and settle nothing.
 */
import type { Half, UpdatePhrasing } from '../types.ts'

export const factors: Half['factors'] = {
  need: {
    met: {
      mail: [
        'We lose about six hours a week to unplanned stops on the {assets}.',
        'Our biggest problem is that nobody knows when the {assets} were last serviced.',
        'We need to get rid of the paper job cards.',
        'The spare parts we need are never on the shelf when the {assets} break down.',
        'Our old maintenance program is no longer supported, so we need a replacement.',
        'The auditor told us to keep proper maintenance records, and we cannot do that today.',
      ],
      note: [
        'They lose a shift a month to breakdowns of the {assets}.',
        'Main pain: service dates for the {assets} are kept in one person’s head.',
        'They are looking for a tool to plan maintenance across both halls.',
        'Current spreadsheet has become unmanageable, they want to replace it.',
        'Stock of spare parts does not match reality, and they need that fixed.',
      ],
    },
    unmet: {
      mail: [
        'Our maintenance runs smoothly and we see no need for anything new.',
        'We have just introduced another system for exactly this.',
        'All servicing is done by the manufacturer, so there is nothing for us to plan.',
        'We have no machines of our own any more.',
      ],
      note: [
        'They see no need: everything is outsourced to the machine supplier.',
        'Introduced a competitor’s system in the spring and are content.',
        'No problem to solve here, breakdowns are rare.',
        'They said they do not have a need for planning software.',
      ],
    },
    unknown: {
      mail: [
        'I am not sure yet whether we have a problem worth solving.',
        'Tell me what others use it for.',
        'We will discuss internally whether this is a topic for us.',
      ],
      note: [
        'Asked about downtime, they will look up the figures.',
        'Unclear whether maintenance is really their problem.',
        'They did not want to talk about breakdowns.',
      ],
    },
  },
  budget: {
    met: {
      mail: [
        'We have a budget of {amount} for this year.',
        '{amount} has been approved for the project.',
        'Our limit is {amount}, which the board released last week.',
        'The money is there: {amount} are in the plan.',
        'We can spend up to {amount} on it.',
      ],
      note: [
        'Budget of {amount} confirmed.',
        'They have {amount} set aside for this.',
        'Finance released {amount} last week.',
        'The project is funded with {amount}.',
        'He confirmed that {amount} are in this year’s plan.',
      ],
    },
    unmet: {
      mail: [
        'We have no budget for this.',
        'All spending has been frozen for the year.',
        'Our request for funds was turned down.',
        'There is simply no money for new software.',
      ],
      note: [
        'No budget this year.',
        'Spending freeze until further notice.',
        'The board refused the money.',
        'They cannot pay for it, they said so openly.',
      ],
    },
    unknown: {
      mail: [
        'Whether there is a budget I would have to ask.',
        'What order of magnitude are we talking about?',
        'The budget round is still going on.',
      ],
      note: [
        'Did not get to money.',
        'Budget not yet clear, she will ask finance.',
        'He avoided the question about budget.',
      ],
    },
  },
  authority: {
    met: {
      mail: [
        'I can decide this on my own.',
        'As head of the works I sign such contracts myself.',
        'The decision is mine to take.',
        '{decider} decides on it and has asked me to bring you in.',
        'I have the authority to sign this order.',
      ],
      note: [
        'She decides herself.',
        'He signs off purchases of this size.',
        'Decision maker is {decider}, who was on the call.',
        '{decider} has the final word and joined for the last ten minutes.',
        'She confirmed that she can sign the contract.',
      ],
    },
    unmet: {
      mail: [
        'I have no say in purchases.',
        'Such decisions are taken by our parent company abroad, and they do not deal with suppliers directly.',
        'I am only collecting information for a student project.',
        'I am not in a position to decide anything here.',
      ],
      note: [
        'He has no say in this and does not know who does.',
        'Intern collecting brochures, no authority.',
        'She cannot decide, and the group has forbidden local purchases.',
        'Not a decision maker and unwilling to name one.',
      ],
    },
    unknown: {
      mail: [
        'Several people would have to be involved.',
        'I would have to see who is in charge of this.',
        'We usually decide such things in a group.',
      ],
      note: ['Unclear who decides.', 'He will find out who needs to sign.', 'Did not say who else is involved.'],
    },
  },
  timing: {
    met: {
      mail: [
        'We want to start in {month}.',
        'It has to be running by {month}.',
        'We would like to sign before the end of {month}.',
        'Our present contract runs out in {month}, so we need a replacement by then.',
        'The plan is to go live in {month}.',
      ],
      note: [
        'Go-live planned for {month}.',
        'They want to decide by {month}.',
        'Old contract ends in {month}, replacement needed by then.',
        'Start date {month} is fixed.',
        'They need it before {month} because of the audit.',
      ],
    },
    unmet: {
      mail: [
        'We will not do anything in the next two years.',
        'There is no date for it and there will not be one soon.',
        'The project has been postponed indefinitely.',
        'Nothing will start before the new hall is built in a few years.',
      ],
      note: [
        'Project postponed indefinitely.',
        'No plans for the next two years.',
        'Not on the roadmap at all.',
        'They have shelved the project.',
      ],
    },
    unknown: {
      mail: ['When that will be I cannot say yet.', 'We have not fixed a date.', 'It depends on how the season goes.'],
      note: ['No date mentioned.', 'Timing open, depends on the season.', 'They will get back to us about when.'],
    },
  },
}

export const updates: UpdatePhrasing[] = [
  { field: 'amount', voice: 'mail', text: 'With the second site included we would be at {amount} a year.' },
  { field: 'amount', voice: 'mail', text: 'Please change the offer to {amount}.' },
  { field: 'amount', voice: 'mail', text: 'We agreed on {amount}, please put that in the contract.' },
  { field: 'amount', voice: 'note', text: 'Deal size is now {amount} because the second hall is included.' },
  { field: 'amount', voice: 'note', text: 'New amount: {amount}.' },
  { field: 'close_date', voice: 'mail', text: 'We will sign on {date}.' },
  { field: 'close_date', voice: 'mail', text: 'The contract should be closed by {date}.' },
  { field: 'close_date', voice: 'mail', text: 'Our board decides on {date}.' },
  { field: 'close_date', voice: 'note', text: 'Signature moved to {date}.' },
  { field: 'close_date', voice: 'note', text: 'Expected close is now {date}.' },
  { field: 'decision_maker', voice: 'mail', text: '{decider} will make the decision on our side.' },
  { field: 'decision_maker', voice: 'mail', text: 'From now on {decider} decides about this project.' },
  { field: 'decision_maker', voice: 'note', text: 'New decision maker: {decider}.' },
  { field: 'decision_maker', voice: 'note', text: '{decider} has taken over and will decide.' },
  { field: 'stage', voice: 'mail', text: 'Please send us a written offer.' },
  { field: 'stage', voice: 'note', text: 'They asked for a written offer.' },
  { field: 'next_step', voice: 'mail', text: 'As a next step we would like a workshop on site.' },
  { field: 'next_step', voice: 'note', text: 'Next step: workshop on site.' },
]

export const formOpeners: Half['formOpeners'] = {
  en: [
    'Hello, I found you through a colleague.',
    'Good morning, we saw your stand at the fair.',
    'Hi, I have a question about your planning software.',
    'One of your customers spoke well of you.',
    'A supplier recommended you to us.',
    'Could somebody call me back about your product?',
  ],
  de: [
    'Guten Tag, ein Kollege hat Sie empfohlen.',
    'Guten Morgen, wir waren an Ihrem Messestand.',
    'Hallo, ich hätte eine Frage an Sie.',
  ],
  fr: ['Bonjour, un fournisseur nous a parlé de vous.', 'Bonjour, nous vous avons vus au salon.'],
  es: ['Buenos días, un proveedor nos habló de ustedes.'],
}
