/** Names that say by themselves what they are: business software, certificates, trades. Not complete, and need not be. */
import { rx } from './words.ts'

/** Software that firms run their work on. Longer names first, so that "SAP S/4HANA" is not read as "SAP". */
const SOFTWARE = [
  String.raw`SAP(?:\s(?:S\/4 ?HANA|Business One|Business ByDesign|ECC|R\/3|Ariba|Concur|SuccessFactors))?`,
  String.raw`Microsoft\s(?:Dynamics(?:\s(?:365|NAV|AX|GP))?(?:\sBusiness Central)?|365|Teams|Azure|SharePoint|Access|Excel|Project)`,
  String.raw`Dynamics\s(?:365|NAV|AX|GP)|Business Central|Navision|SharePoint|Power ?BI|Office 365`,
  String.raw`Oracle(?:\s(?:NetSuite|E-Business Suite|Fusion|Cloud ERP|JD Edwards))?|NetSuite|JD Edwards|PeopleSoft`,
  String.raw`Infor(?:\s(?:LN|M3|CloudSuite|EAM|XA|Visual|COM))?|Epicor(?:\s(?:Kinetic|Prophet 21))?|IFS(?:\s(?:Applications|Cloud))|Unit4|QAD`,
  String.raw`Sage(?:\s(?:\d{2,3}(?:c(?:loud)?)?|X3|Intacct|People|Evolution))?|abas(?:\sERP)?|proALPHA|APplus|weclapp|myfactory|Lexware(?:\sOffice)?|DATEV|Addison|Xentral|JTL-Wawi|oxaion|godesys`,
  String.raw`Odoo|ERPNext|Exact\s(?:Online|Globe)|AFAS|Visma(?:\.net)?|Fortnox|e-conomic|Tripletex|Cegid|EBP|Pennylane|Divalto|Sylob|Xero|QuickBooks|FreshBooks|Tally(?:Prime)?|MYOB|Zoho(?:\s(?:CRM|Books|One))?`,
  String.raw`Salesforce|HubSpot|Pipedrive|Zendesk|Freshdesk|Freshsales|Intercom|ServiceNow|SugarCRM|Marketo|Mailchimp|Pardot|Klaviyo|Braze`,
  String.raw`Workday|Personio|BambooHR|HiBob|Kenjo|UKG|Paylocity|Gusto|Rippling|Deel|TalentSoft|Lucca|Greenhouse`,
  String.raw`(?:IBM )?Maximo|Fiix|UpKeep|Limble|eMaint|Infraspeak|Ultimo|Opcenter|Ignition|Wonderware|WinCC|SIMATIC|Procore|Autodesk|AutoCAD|SolidWorks|Revit|CATIA|Siemens NX|Teamcenter|Windchill|EPLAN`,
  String.raw`Jira|Confluence|Slack|Asana|Trello|Notion|monday\.com|Airtable|GitHub|GitLab|Bitbucket|Jenkins|Google Workspace|Miro|Figma|Dropbox|DocuSign|FileMaker|Lotus Notes|HCL Notes`,
  String.raw`AWS|Amazon Web Services|Google Cloud|GCP|Azure|Kubernetes|Docker|Terraform|PostgreSQL|Postgres|MySQL|MongoDB|Snowflake|Databricks|BigQuery|Redshift|Kafka|Redis|Elasticsearch|Tableau|Looker|Qlik(?:View|Sense)?|dbt`,
  String.raw`Shopify(?:\sPlus)?|Magento|WooCommerce|Shopware|PrestaShop|BigCommerce|commercetools|Adobe Commerce|WordPress|TYPO3|Drupal|Contentful`,
].join('|')
export const SOFTWARE_NAME = rx(String.raw`(?<![\p{L}\p{N}./-])(?<v>${SOFTWARE})(?![\p{L}\p{N}/]|-\p{L})`, 'gu')

/** Certificates and marks that a firm holds. */
const MARKS = [
  String.raw`(?:DIN |BS |EN |DIN EN )*ISO(?:[\s/-]IEC)?[\s/-]?\d{4,5}(?:[:-]\d{4})?(?:[-–]\d+)?`,
  String.raw`(?:DIN )?EN\s?\d{3,5}(?:-\d)?|IATF\s?16949|AS\s?9100|VDA 6\.\d|TISAX|ISPM\s?15|HACCP|BRC(?:GS)?|IFS(?: Food)?|FSSC\s?22000|GMP\+?|GDP|GLP|GxP|ISEGA|IRIS|QS`,
  String.raw`FSC|PEFC|GOTS|OEKO-?TEX(?: Standard 100)?|Fairtrade|Rainforest Alliance|MSC|ASC|Bioland|Demeter|Ecocert|EMAS|EcoVadis(?: (?:Gold|Silver|Bronze|Platinum))?|B Corp|Blue Angel|Blauer Engel|RAL(?: Gütezeichen)?|NF Environnement`,
  String.raw`SOC\s?[123](?: Type (?:I|II|1|2))?|PCI[ -]DSS|HITRUST|FedRAMP|Cyber Essentials(?: Plus)?|C5|HDS|AEO(?:-?[CFS])?|UL|ATEX|PED|TÜV|VdS|CE`,
  String.raw`SafeContractor|CHAS|Constructionline|FORS(?: (?:Gold|Silver|Bronze))?|Investors in People|Great Place to Work|Top Employer|Top Arbeitgeber|Qualiopi|Qualibat|RGE|Imprim['’]Vert|UKAS|COFRAC|DAkkS|Ofsted|Gas Safe|NICEIC|MCS`,
].join('|')
export const MARK_NAME = rx(String.raw`(?<![\p{L}\p{N}])(?<v>${MARKS})(?![\p{L}\p{N}])`, 'u')

/** Nouns of trades: what someone is who is looked for. */
export const TRADE = rx(
  String.raw`(?<!\p{L})(?:[\p{L}-]*(?:technicians?|engineers?|develop(?:er|ers)|programmers?|fitters?|welders?|drivers?|operators?|operatives?|planners?|electricians?|mechanics?|machinists?|mechatronics|designers?|analysts?|consultants?|accountants?|bookkeepers?|buyers?|cooks?|chefs?|bakers?|brewers?|nurses?|carers?|teachers?|tutors?|trainers?|lawyers?|solicitors?|paralegals?|secretar(?:y|ies)|receptionists?|apprentices?|trainees?|interns?|supervisors?|foremen|foreman|dispatchers?|pickers?|packers?|labourers?|carpenters?|joiners?|painters?|roofers?|plumbers?|printers?|chemists?|scientists?|researchers?|inspectors?|auditors?|surveyors?|specialists?|coordinators?|administrators?|architects?|copywriters?|marketers?|recruiters?|clerks?|assistants?|advisers?|advisors?|representatives?|(?:sales|account|project|product|plant|quality|maintenance|production|warehouse|shift|workshop|store|shop|office|service|logistics|purchasing|marketing|operations|finance|facility|site|fleet|team|hr|it) (?:managers?|leaders?|leads?|executives?|staff|assistants?)|gardeners?|cleaners?|guards?|pilots?|stewards?|translators?|editors?|photographers?|pharmacists?|physiotherapists?|therapists?|opticians?|butchers?|tailors?|upholsterers?|stylists?|hairdressers?|masons?|bricklayers?|crane operators?|toolmakers?|turners?|millers?|grinders?|assemblers?|controllers?|schedulers?|storekeepers?|laboratory assistants?))(?!\p{L})|(?<!\p{L})[\p{L}/-]*(?:mechatroniker|mechaniker|elektroniker|elektriker|techniker|ingenieur|entwickler|fahrer|planer|leiter|schlosser|schweißer|monteur|installateur|kaufmann|kauffrau|kaufleute|sachbearbeiter|buchhalter|berater|verkäufer|lagerist|fachkraft|fachkräfte|helfer|meister|führer|bäcker|koch|köche|drucker|tischler|schreiner|zimmerer|maler|dachdecker|gärtner|pfleger|lehrer|anwälte|anwalt|einkäufer|disponent|chemiker|laborant|prüfer|konstrukteur|zerspaner|bediener|auszubildende|azubis?|trainees?|betreuer|mitarbeiter)(?:innen|in|en|e|n)?(?!\p{L})|(?<!\p{L})(?:(?:un|une|des|nos)\s+)?[\p{L}-]*(?:techniciens?|techniciennes?|ingénieure?s?|développeurs?|soudeurs?|conducteurs?|chauffeurs?|mécaniciens?|électriciens?|opérat(?:eurs?|rices?)|ouvriers?|vendeurs?|commercia(?:l|ux)|comptables?|acheteurs?|gestionnaires?|responsables?|assistante?s?|magasiniers?|caristes?|cuisiniers?|boulangers?|imprimeurs?|menuisiers?|peintres?|infirmiers?|infirmières?|formateurs?|juristes?|chimistes?|laborantine?s?|apprentie?s?|alternante?s?|stagiaires?|planificateurs?|ajusteurs?|tourneurs?|fraiseurs?|chaudronniers?|agents? de [\p{L}]+|chefs? d['’]\p{L}+|chefs? de \p{L}+)(?!\p{L})`,
  'iu',
)

/** Trades that firms are in, as they are commonly called: with a word before them that narrows them. */
const BEFORE = String.raw`(?:(?!(?:our|the|your|their|its|and|of|for|all|with|about|from|into|than|this|that|in|at|by|on|as|is|an?|offers?|offering|provides?|sells?|makes?|does|deep)\s)[\p{Ll}-]+\s)?`
const ENGLISH = String.raw`manufactur(?:ing|e)|fabrication|(?:mechanical |civil |plant |electrical )?engineering|construction|building (?:services|materials|trade)|facilit(?:y|ies) (?:management|services)|logistics|transport(?:ation)?|freight|haulage|shipping|retail|wholesale|trade|e-?commerce|printing|print|packaging|plastics|chemicals?|pharmaceuticals?|pharma|cosmetics|textiles?|furniture|timber|joinery|woodworking|carpentry|paper|food(?: processing| production)?|baking|bakery|brewing|beverages?|dairy|hospitality|tourism|travel|catering|healthcare|health care|medical (?:devices|technology|supplies)|laboratory (?:services|analysis|testing)|education|training|law|legal services|accounting|consulting|consultancy|architecture|(?:interior )?design|advertising|marketing|media|publishing|software(?: development)?|IT services|telecommunications|telecoms|banking|insurance|financial services|finance|real estate|property|energy|utilities|water(?: supply| treatment| management)?|waste management|recycling|mining|oil and gas|agriculture|farming|forestry|horticulture|automotive|aerospace|aviation|rail|railways|public transport|electronics|semiconductors|security|cleaning|staffing|recruitment|glass|ceramics|steel|metals?|metalworking|tooling|robotics|automation|payments?`
const GERMAN = String.raw`\p{Lu}\p{Ll}*(?:[vV]erarbeitung|[tT]echnik|[bB]au|[iI]ndustrie|[hH]andel|[lL]ogistik|[vV]erkehr|[wW]irtschaft|[hH]andwerk|[gG]ewerbe|[dD]ienstleistungen|[bB]ildung|[bB]eratung|[pP]flege|[vV]ersorgung|[eE]ntsorgung|[mM]edien|[dD]ruck|[vV]erpackung(?:en)?|[hH]erstellung|[pP]roduktion|[aA]nalytik|[bB]rauereiwesen|[gG]astronomie|[tT]ourismus|[wW]esen|[pP]harma|[eE]nergie|[cC]hemie|[rR]echt|[aA]rchitektur|[sS]pedition)`
const FRENCH = String.raw`métallurgie|plasturgie|imprimerie|emballage|logistique|transports?(?: [\p{Ll}]+)?|agroalimentaire|bâtiment|travaux publics|menuiserie|brasserie|boulangerie|pharmacie|chimie|cosmétiques?|textile|ameublement|énergie|traitement de l['’]eau|distribution|commerce|hôtellerie|restauration|tourisme|santé|laboratoires?|analyses?|formation|enseignement|droit|conseil|architecture(?: d['’]intérieur)?|édition|publicité|informatique|télécommunications|banque|assurance|immobilier|agriculture|automobile|aéronautique|ferroviaire|électronique|sécurité|nettoyage|services? (?:aux|du) [\p{Ll}]+|maintenance(?: des bâtiments)?`
export const BUSINESS_TRADE = rx(
  String.raw`(?<![\p{L}-])(?<v>${BEFORE}(?:${ENGLISH})|${GERMAN}|(?:${FRENCH}))(?![\p{L}-])`,
  'u',
)
