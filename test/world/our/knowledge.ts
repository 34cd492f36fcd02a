/** What we may say about ourselves: approved, with its source. Nothing else may stand in a mail about us. */
import type { KnowledgeFile, OurSide } from '../types.ts'

const knowledge: KnowledgeFile[] = [
  {
    id: 'offering-plan',
    kind: 'offering',
    title: 'Fettle Plan',
    source: 'Product sheet Fettle Plan, edition 7',
    text: `Fettle Plan schedules maintenance for machines, vehicles and buildings.
It turns manufacturer intervals, meter readings and inspection duties into a weekly work list for each technician.
Fettle Plan shows overdue work at a glance.
Work orders can be printed for those who prefer paper.`,
  },
  {
    id: 'offering-parts',
    kind: 'offering',
    title: 'Fettle Parts',
    source: 'Product sheet Fettle Parts, edition 4',
    text: `Fettle Parts keeps the stock of spare parts true.
It links each part to the machines that need it and suggests orders before a part runs out.
Stock is counted with the camera of a telephone.`,
  },
  {
    id: 'offering-mobile',
    kind: 'offering',
    title: 'Fettle Pocket',
    source: 'Product sheet Fettle Pocket, edition 3',
    text: `Fettle Pocket is the app for technicians.
It works without a network connection and sends its entries when it is back in range.
The app speaks English, German, French, Spanish, Polish and Turkish.`,
  },
  {
    id: 'offering-insight',
    kind: 'offering',
    title: 'Fettle Insight',
    source: 'Product sheet Fettle Insight, edition 2',
    text: `Fettle Insight reports downtime by machine, cause and shift.
The downtime report lists every stop with its length, its cause and what it cost.
It exchanges orders and costs with SAP, Microsoft Dynamics 365 and Odoo.`,
  },
  {
    id: 'offering-start',
    kind: 'offering',
    title: 'Fettle Start',
    source: 'Service description Fettle Start, edition 5',
    text: `Fettle Start is our introduction service.
A site is usually running within six weeks.
Two days of training on site are included.`,
  },
  {
    id: 'proof-stops',
    kind: 'proof_point',
    title: 'Fewer unplanned stops',
    source: 'Customer study of 41 sites, signed off by the sites',
    text: 'Across 41 sites, unplanned stops fell by 23 % in the first year with Fettle Plan.',
  },
  {
    id: 'proof-parts',
    kind: 'proof_point',
    title: 'Smaller parts stock',
    source: 'Customer study of 18 stores, signed off by the sites',
    text: 'In 18 stores the value of spare parts on the shelf fell by 14 % within a year.',
  },
  {
    id: 'proof-data',
    kind: 'proof_point',
    title: 'Where the data lies',
    source: 'Hosting contract and certificate on file',
    text: 'All data is stored in Frankfurt and Dublin.\nFettlework is certified to ISO 27001.',
  },
  {
    id: 'proof-start',
    kind: 'proof_point',
    title: 'How long the start takes',
    source: 'Project records of all introductions since edition 5',
    text: 'In nine of ten introductions the first site went live within six weeks.',
  },
  {
    id: 'case-harrowgate-bakeries',
    kind: 'case_study',
    title: 'Ovens that run through the night',
    source: 'Interview with the technical manager, released in writing',
    text: `A bakery group with seven sites planned its ovens on a whiteboard.
With Fettle Plan it cut unplanned oven stops from eleven to four a month.
The technical manager says: "We sleep again."`,
  },
  {
    id: 'case-lowmoor-cartons',
    kind: 'case_study',
    title: 'One list for two halls',
    source: 'Interview with the plant director, released in writing',
    text: `A carton maker with 210 employees kept service dates in three spreadsheets.
Since the move to Fettle Plan and Fettle Parts all technicians work from one list.
Searching for parts takes 35 minutes less per shift.`,
  },
  {
    id: 'case-steinach-transit',
    kind: 'case_study',
    title: 'Buses back on the road',
    source: 'Report of the workshop, released in writing',
    text: `A bus operator with 160 vehicles introduced Fettle Plan and Fettle Pocket in its two workshops.
Vehicles now spend a third less time waiting for parts.`,
  },
  {
    id: 'case-lab-network',
    kind: 'case_study',
    title: 'Ready for the auditor',
    source: 'Letter of the quality manager, released in writing',
    text: `A network of five laboratories documents the upkeep of its analysers in Fettle Plan.
The last audit of its device records ended without a finding.`,
  },
  {
    id: 'price-list',
    kind: 'price',
    title: 'Price list',
    source: 'Price list in force, approved by the head of sales',
    text: `Fettle Plan costs €390 per site and month, users included.
Fettle Parts costs €190 per site and month.
Fettle Insight costs €240 per site and month.
Fettle Pocket is included in Fettle Plan.
Fettle Start costs €4,800 once per site.
The minimum term is twelve months.`,
  },
  {
    id: 'price-pilot',
    kind: 'price',
    title: 'Pilot',
    source: 'Price list in force, approved by the head of sales',
    text: 'A pilot on one line for eight weeks costs €2,500, which is credited when a contract follows.',
  },
  {
    id: 'voice',
    kind: 'voice',
    title: 'How we write',
    source: 'Style guide of the sales team',
    text: `Plain words, short sentences, no superlatives.
We speak of the reader's works before we speak of ourselves.
One question or one proposal a mail, never two.
No invented familiarity: we do not claim to have met, followed or admired anyone.
We write "you" and "we", sign with first and last name, and keep a first mail under 120 words.
In German we use "Sie", in French "vous".`,
  },
]

export const OUR: OurSide = {
  name: 'Fettlework Ltd',
  domain: 'fettlework.example',
  address: 'Fettlework Ltd, 14 Tannery Court, Leeds LX1 2QT, United Kingdom',
  phone: '+44 20 5550 0180',
  website: 'https://fettlework.example',
  knowledge,
}
