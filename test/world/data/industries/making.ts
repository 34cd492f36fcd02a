/** Makers of metal, plastic, paper and wooden goods. */
import { ROLES } from './types.ts'
import type { Industry } from './types.ts'

export const MAKING: Industry[] = [
  {
    key: 'metal',
    fit: true,
    label: { en: 'metal fabrication', de: 'Metallverarbeitung', fr: 'métallurgie' },
    words: { en: ['Metalworks', 'Fabrication', 'Steel'], de: ['Metallbau', 'Stahltechnik'], fr: ['Métal', 'Tôlerie'] },
    provides: {
      en: [
        'welded frames and housings for machine builders',
        'laser-cut sheet metal parts for lift makers',
        'stainless tanks for dairies',
      ],
      de: ['Schweißrahmen und Gehäuse für Maschinenbauer', 'lasergeschnittene Blechteile für Aufzugbauer'],
      fr: ['des châssis soudés pour les constructeurs de machines', 'des pièces de tôle découpées au laser'],
    },
    products: [
      {
        name: 'FrameLine',
        what: { en: 'modular machine frame', de: 'modulares Maschinengestell', fr: 'un bâti de machine modulaire' },
      },
      {
        name: 'SheetDirect',
        what: {
          en: 'online ordering service for sheet parts',
          de: 'Online-Bestelldienst für Blechteile',
          fr: 'un service de commande en ligne de pièces de tôle',
        },
      },
      {
        name: 'TankWell',
        what: { en: 'stainless storage tank', de: 'Lagertank aus Edelstahl', fr: 'une cuve de stockage en inox' },
      },
      {
        name: 'WeldCheck',
        what: {
          en: 'weld inspection service',
          de: 'Prüfdienst für Schweißnähte',
          fr: 'un service de contrôle des soudures',
        },
      },
    ],
    assets: {
      en: ['laser cutters', 'press brakes', 'welding robots'],
      de: ['Laserschneider', 'Abkantpressen', 'Schweißroboter'],
      fr: ['découpeuses laser', 'presses plieuses', 'robots de soudage'],
    },
    roles: ROLES,
    awards: ['ISO 9001:2015', 'EN 1090 EXC3', 'ISO 3834-2'],
    filler: {
      en: [
        'Drawings come in as files and leave as parts that fit.',
        'If a part can be made simpler, we call before we cut.',
      ],
      de: ['Zeichnungen kommen als Datei und gehen als Teile, die passen.'],
      fr: ['Les plans arrivent en fichiers et repartent en pièces qui s’ajustent.'],
    },
  },
  {
    key: 'plastics',
    fit: true,
    label: { en: 'plastics moulding', de: 'Kunststofftechnik', fr: 'plasturgie' },
    words: {
      en: ['Polymers', 'Mouldings', 'Plastics'],
      de: ['Kunststofftechnik', 'Spritzguss'],
      fr: ['Plastiques', 'Plasturgie'],
    },
    provides: {
      en: [
        'injection-moulded closures for household brands',
        'technical parts for pump makers',
        'reusable crates for growers',
      ],
      de: ['Verschlüsse aus Spritzguss für Haushaltsmarken', 'technische Kunststoffteile für Pumpenhersteller'],
      fr: ['des bouchons injectés pour les marques d’entretien', 'des pièces techniques pour les fabricants de pompes'],
    },
    products: [
      { name: 'SnapSeal', what: { en: 'tethered closure', de: 'angebundener Verschluss', fr: 'un bouchon solidaire' } },
      { name: 'CrateCycle', what: { en: 'folding crate', de: 'Klappkiste', fr: 'une caisse pliante' } },
      {
        name: 'ToolBench',
        what: {
          en: 'mould maintenance service',
          de: 'Pflegedienst für Werkzeuge',
          fr: 'un service d’entretien des moules',
        },
      },
      {
        name: 'PureGrip',
        what: { en: 'two-component handle', de: 'Zweikomponentengriff', fr: 'une poignée bi-matière' },
      },
    ],
    assets: {
      en: ['injection presses', 'chillers', 'granulate dryers'],
      de: ['Spritzgießmaschinen', 'Kälteanlagen', 'Granulattrockner'],
      fr: ['presses à injecter', 'groupes froids', 'sécheurs de granulés'],
    },
    roles: ROLES,
    awards: ['ISO 9001:2015', 'IATF 16949', 'ISO 50001'],
    filler: {
      en: [
        'Tools are kept warm, clean and labelled, and so are the people who set them.',
        'Regrind goes back into the hopper wherever the drawing allows.',
      ],
      de: ['Werkzeuge werden bei uns gepflegt, beschriftet und rechtzeitig gewartet.'],
      fr: ['Les moules sont entretenus, étiquetés et rangés à leur place.'],
    },
  },
  {
    key: 'printing',
    fit: true,
    label: { en: 'commercial printing', de: 'Druckerei', fr: 'imprimerie' },
    words: { en: ['Print', 'Press', 'Labels'], de: ['Druck', 'Etiketten'], fr: ['Imprimerie', 'Étiquettes'] },
    provides: {
      en: [
        'labels and leaflets for pharmacies',
        'catalogues and magazines for publishers',
        'self-adhesive labels for wineries',
      ],
      de: ['Etiketten und Beipackzettel für Apotheken', 'Kataloge und Zeitschriften für Verlage'],
      fr: ['des étiquettes et notices pour les pharmacies', 'des catalogues et revues pour les éditeurs'],
    },
    products: [
      {
        name: 'PeelTwice',
        what: { en: 'multi-page label', de: 'mehrseitiges Etikett', fr: 'une étiquette multipage' },
      },
      {
        name: 'ProofDay',
        what: {
          en: 'same-day proofing service',
          de: 'Andruck am selben Tag',
          fr: 'un service d’épreuves le jour même',
        },
      },
      {
        name: 'VineTag',
        what: {
          en: 'wet-strength wine label',
          de: 'nassfestes Weinetikett',
          fr: 'une étiquette de vin résistante à l’eau',
        },
      },
      {
        name: 'ShortRun',
        what: {
          en: 'digital small-run service',
          de: 'digitaler Kleinauflagendienst',
          fr: 'un service numérique de petits tirages',
        },
      },
    ],
    assets: {
      en: ['offset presses', 'label presses', 'guillotines'],
      de: ['Offsetmaschinen', 'Etikettendruckmaschinen', 'Schneidemaschinen'],
      fr: ['presses offset', 'presses à étiquettes', 'massicots'],
    },
    roles: ROLES,
    awards: ['ISO 12647-2', 'FSC Chain of Custody', 'ISO 9001:2015'],
    filler: {
      en: [
        'Ink is simple until you ask it to look the same twice.',
        'Come and stand by the press: most decisions are easier there.',
      ],
      de: ['Farbe ist einfach, bis sie zweimal gleich aussehen soll.'],
      fr: ['L’encre est simple, jusqu’à ce qu’on lui demande d’être deux fois la même.'],
    },
  },
  {
    key: 'timber',
    fit: true,
    label: { en: 'wood products', de: 'Holzverarbeitung', fr: 'industrie du bois' },
    words: { en: ['Timber', 'Joinery', 'Pallets'], de: ['Holzwerke', 'Paletten'], fr: ['Bois', 'Menuiseries'] },
    provides: {
      en: [
        'pallets and crates for exporters',
        'glued beams and panels for builders',
        'windows and doors for old buildings',
      ],
      de: ['Paletten und Kisten für Exporteure', 'Leimbinder und Platten für Bauunternehmen'],
      fr: ['des palettes et caisses pour les exportateurs', 'des poutres et panneaux pour les constructeurs'],
    },
    products: [
      {
        name: 'HeatMark',
        what: {
          en: 'heat-treated export pallet',
          de: 'hitzebehandelte Exportpalette',
          fr: 'une palette traitée pour l’export',
        },
      },
      {
        name: 'BeamPlan',
        what: { en: 'cut-to-plan beam service', de: 'Zuschnitt nach Plan', fr: 'un service de taille sur plan' },
      },
      {
        name: 'SashWright',
        what: { en: 'heritage sash window', de: 'Denkmalfenster', fr: 'une fenêtre pour monuments' },
      },
      {
        name: 'ChipWarm',
        what: {
          en: 'wood-chip supply contract',
          de: 'Liefervertrag für Hackschnitzel',
          fr: 'un contrat de plaquettes de bois',
        },
      },
    ],
    assets: {
      en: ['band saws', 'drying kilns', 'nailing lines'],
      de: ['Bandsägen', 'Trockenkammern', 'Nagelstraßen'],
      fr: ['scies à ruban', 'séchoirs', 'lignes de clouage'],
    },
    roles: ROLES,
    awards: ['PEFC', 'ISPM 15', 'ISO 9001:2015'],
    filler: {
      en: ['A board remembers how it was dried.', 'Offcuts heat the kilns, and the kilns heat the offices.'],
      de: ['Ein Brett vergisst nicht, wie es getrocknet wurde.'],
      fr: ['Une planche se souvient de la façon dont elle a séché.'],
    },
  },
]
