/** Packaging, food and beverages. */
import { ROLES } from './types.ts'
import type { Industry } from './types.ts'

export const FOOD_AND_PACKAGING: Industry[] = [
  {
    key: 'packaging',
    fit: true,
    label: { en: 'packaging', de: 'Verpackung', fr: 'emballage' },
    words: {
      en: ['Packaging', 'Cartons', 'Board'],
      de: ['Verpackungen', 'Kartonagen'],
      fr: ['Emballages', 'Cartonnages'],
    },
    provides: {
      en: [
        'folding cartons and inserts for food producers',
        'corrugated transport packaging for furniture makers',
        'printed sleeves and trays for fresh produce',
      ],
      de: [
        'Faltschachteln und Einlagen für Lebensmittelhersteller',
        'Transportverpackungen aus Wellpappe für Möbelwerke',
      ],
      fr: ['des étuis pliants pour l’agroalimentaire', 'des caisses en carton ondulé pour les fabricants de meubles'],
    },
    products: [
      {
        name: 'FreshFold',
        what: { en: 'grease-resistant tray', de: 'fettdichte Schale', fr: 'une barquette résistante aux graisses' },
      },
      {
        name: 'KraftGuard',
        what: {
          en: 'edge protector made of solid board',
          de: 'Kantenschutz aus Vollpappe',
          fr: 'une cornière en carton compact',
        },
      },
      {
        name: 'PackPilot',
        what: {
          en: 'packing-line set-up service',
          de: 'Einrichtdienst für Packlinien',
          fr: 'un service de réglage de lignes de conditionnement',
        },
      },
      {
        name: 'ShelfEdge',
        what: {
          en: 'shelf-ready display carton',
          de: 'regalfertiger Displaykarton',
          fr: 'un carton présentoir prêt à vendre',
        },
      },
    ],
    assets: {
      en: ['die cutters', 'folder-gluers', 'corrugators'],
      de: ['Stanzen', 'Klebemaschinen', 'Wellpappenanlagen'],
      fr: ['plieuses-colleuses', 'presses à découper', 'onduleuses'],
    },
    roles: ROLES,
    awards: ['ISO 9001:2015', 'BRCGS Packaging Materials', 'FSC Chain of Custody'],
    filler: {
      en: [
        'Good packaging is quiet: it arrives whole, opens easily and leaves little behind.',
        'Samples are cut on the table next door, so a first prototype is in your hands within days.',
      ],
      de: ['Gute Verpackung fällt nicht auf: Sie kommt heil an, lässt sich leicht öffnen und hinterlässt wenig.'],
      fr: ['Un bon emballage se fait oublier : il arrive intact, s’ouvre sans effort et laisse peu de traces.'],
    },
  },
  {
    key: 'food',
    fit: true,
    label: { en: 'food production', de: 'Lebensmittelproduktion', fr: 'agroalimentaire' },
    words: { en: ['Foods', 'Kitchens', 'Provisions'], de: ['Feinkost', 'Lebensmittel'], fr: ['Saveurs', 'Agro'] },
    provides: {
      en: [
        'chilled soups and sauces for retailers',
        'frozen pastry for bakeries and cafés',
        'ready-to-cook vegetables for canteens',
      ],
      de: ['gekühlte Suppen und Soßen für den Handel', 'tiefgekühlte Backwaren für Bäckereien'],
      fr: ['des soupes et sauces fraîches pour la distribution', 'des viennoiseries surgelées pour les boulangeries'],
    },
    products: [
      {
        name: 'Garden Ladle',
        what: { en: 'range of chilled soups', de: 'Reihe gekühlter Suppen', fr: 'une gamme de soupes fraîches' },
      },
      {
        name: 'Butterleaf',
        what: { en: 'pre-proved croissant', de: 'vorgegartes Croissant', fr: 'un croissant prêt à cuire' },
      },
      {
        name: 'Pan & Pepper',
        what: {
          en: 'line of pan-ready vegetables',
          de: 'Linie pfannenfertiger Gemüse',
          fr: 'une ligne de légumes prêts à poêler',
        },
      },
      {
        name: 'Private Label Kitchen',
        what: {
          en: 'recipe service for retailers',
          de: 'Rezeptdienst für den Handel',
          fr: 'un service de recettes pour les enseignes',
        },
      },
    ],
    assets: {
      en: ['filling lines', 'retorts', 'spiral freezers'],
      de: ['Abfülllinien', 'Autoklaven', 'Spiralfroster'],
      fr: ['lignes de remplissage', 'autoclaves', 'surgélateurs à spirale'],
    },
    roles: ROLES,
    awards: ['ISO 22000', 'IFS Food', 'BRCGS Food Safety Grade AA'],
    filler: {
      en: [
        'We cook in small kettles, taste every batch and write down what we changed.',
        'Seasonal recipes come from our test kitchen and from conversations with the people who serve them.',
      ],
      de: ['Wir kochen in kleinen Kesseln und probieren jede Charge selbst.'],
      fr: ['Nous cuisinons en petites cuves et goûtons chaque préparation.'],
    },
  },
  {
    key: 'beverages',
    fit: true,
    label: { en: 'beverages', de: 'Getränke', fr: 'boissons' },
    words: { en: ['Brewing', 'Springs', 'Cider'], de: ['Brauerei', 'Mineralquellen'], fr: ['Brasserie', 'Sources'] },
    provides: {
      en: [
        'mineral water and lemonades in glass bottles',
        'craft beers for pubs and shops',
        'juices and ciders from regional orchards',
      ],
      de: ['Mineralwasser und Limonaden in Glasflaschen', 'Biere und Fassbrausen für die Gastronomie'],
      fr: ['des eaux minérales et limonades en bouteilles de verre', 'des bières artisanales pour les cafés'],
    },
    products: [
      {
        name: 'Quayside Pale',
        what: { en: 'low-alcohol pale ale', de: 'alkoholarmes Pale Ale', fr: 'une pale ale peu alcoolisée' },
      },
      {
        name: 'Stillwater',
        what: {
          en: 'still water in returnable glass',
          de: 'stilles Wasser in Mehrwegglas',
          fr: 'une eau plate en verre consigné',
        },
      },
      { name: 'Orchard Nine', what: { en: 'dry cider', de: 'herber Apfelwein', fr: 'un cidre sec' } },
      {
        name: 'TapCare',
        what: {
          en: 'line-cleaning service for pubs',
          de: 'Reinigungsdienst für Schankanlagen',
          fr: 'un service de nettoyage des tirages',
        },
      },
    ],
    assets: {
      en: ['bottling lines', 'bottle washers', 'keg fillers'],
      de: ['Abfüllanlagen', 'Flaschenwaschmaschinen', 'Fassfüller'],
      fr: ['lignes d’embouteillage', 'laveuses de bouteilles', 'enfûteuses'],
    },
    roles: ROLES,
    awards: ['IFS Food', 'ISO 14001', 'World Beverage Forum Silver Medal'],
    filler: {
      en: [
        'Water, grain and patience: the rest is craft and clean pipes.',
        'The tap room is open to anyone who wants to see how we work.',
      ],
      de: ['Wasser, Malz und Geduld: Der Rest ist Handwerk.'],
      fr: ['De l’eau, du grain et de la patience : le reste est affaire de métier.'],
    },
  },
]
