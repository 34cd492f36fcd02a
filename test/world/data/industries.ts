/** What the companies do, in three languages. Phrases fit the slots of the sentences: see the comment at each field. */
import type { SiteLang } from '../types.ts'

export interface Product {
  name: string
  /** A noun phrase without article in English and German, with article in French. */
  what: Record<SiteLang, string>
}

export interface Industry {
  key: string
  fit: boolean
  /** Reads after "a company in …": `food packaging`. */
  label: Record<SiteLang, string>
  /** Second words of company names. */
  words: Record<'en' | 'de' | 'fr', string[]>
  /** A plural noun phrase for what they provide; German in the accusative, French with `des`. */
  provides: Record<SiteLang, string[]>
  products: Product[]
  /** Plural machinery that can stand still. */
  assets: Record<SiteLang, string[]>
  roles: Record<SiteLang, string[]>
  awards: string[]
  /** Plain business talk for the pages, without any fact. */
  filler: Record<SiteLang, string[]>
}

const ROLES: Record<SiteLang, string[]> = {
  en: [
    'maintenance technicians',
    'electrical fitters',
    'a reliability engineer',
    'a production planner',
    'shift supervisors',
    'a spare-parts coordinator',
  ],
  de: [
    'Instandhaltungstechniker',
    'Elektroniker für Betriebstechnik',
    'Mechatronikerinnen und Mechatroniker',
    'Schichtleiter',
    'Fachkräfte für Lagerlogistik',
  ],
  fr: [
    'des techniciens de maintenance',
    'des électromécaniciens',
    'un planificateur de production',
    'des chefs d’équipe',
    'un magasinier pièces de rechange',
  ],
}

export const INDUSTRIES: Industry[] = [
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
  {
    key: 'logistics',
    fit: true,
    label: { en: 'cold-chain logistics', de: 'Kühllogistik', fr: 'logistique du froid' },
    words: {
      en: ['Cold Chain', 'Haulage', 'Freight'],
      de: ['Kühllogistik', 'Spedition'],
      fr: ['Transports', 'Logistique'],
    },
    provides: {
      en: [
        'temperature-controlled storage and transport for food and pharma',
        'groupage and night deliveries for wholesalers',
        'warehousing and returns handling for online shops',
      ],
      de: [
        'temperaturgeführte Lager und Transporte für Lebensmittel und Pharma',
        'Sammelgut- und Nachtverkehre für den Großhandel',
      ],
      fr: ['des entrepôts et transports sous température dirigée', 'des livraisons de nuit pour les grossistes'],
    },
    products: [
      {
        name: 'NightRun',
        what: { en: 'overnight delivery service', de: 'Nachtlieferdienst', fr: 'un service de livraison de nuit' },
      },
      {
        name: 'ColdTrack',
        what: {
          en: 'temperature log for each pallet',
          de: 'Temperaturprotokoll je Palette',
          fr: 'un relevé de température par palette',
        },
      },
      {
        name: 'DockShare',
        what: {
          en: 'shared cross-dock',
          de: 'gemeinsam genutztes Umschlaglager',
          fr: 'un quai de transbordement partagé',
        },
      },
      {
        name: 'ReturnLoop',
        what: { en: 'returns-handling service', de: 'Retourendienst', fr: 'un service de gestion des retours' },
      },
    ],
    assets: {
      en: ['reefer units', 'dock levellers', 'reach trucks'],
      de: ['Kühlaggregate', 'Überladebrücken', 'Schubmaststapler'],
      fr: ['groupes frigorifiques', 'niveleurs de quai', 'chariots à mât rétractable'],
    },
    roles: ROLES,
    awards: ['ISO 9001:2015', 'GDP certification', 'IFS Logistics'],
    filler: {
      en: [
        'A delivery is only on time when the goods are as cold at the end as at the start.',
        'Dispatchers and drivers sit in the same building, which settles most questions before they grow.',
      ],
      de: ['Pünktlich ist eine Lieferung erst, wenn die Ware am Ende so kalt ist wie am Anfang.'],
      fr: ['Une livraison n’est à l’heure que si la marchandise arrive aussi froide qu’au départ.'],
    },
  },
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
    key: 'facilities',
    fit: true,
    label: { en: 'building services', de: 'Gebäudetechnik', fr: 'services aux bâtiments' },
    words: {
      en: ['Building Services', 'Facilities', 'Lifts'],
      de: ['Gebäudetechnik', 'Haustechnik'],
      fr: ['Services', 'Bâtiments'],
    },
    provides: {
      en: [
        'heating, ventilation and lift maintenance for offices and schools',
        'round-the-clock technical services for hospitals',
        'energy and upkeep contracts for housing associations',
      ],
      de: [
        'Heizungs-, Lüftungs- und Aufzugswartung für Büros und Schulen',
        'technische Dienste rund um die Uhr für Kliniken',
      ],
      fr: [
        'des contrats d’entretien pour bureaux et écoles',
        'des services techniques jour et nuit pour les cliniques',
      ],
    },
    products: [
      {
        name: 'AirWatch',
        what: {
          en: 'ventilation upkeep contract',
          de: 'Wartungsvertrag für Lüftung',
          fr: 'un contrat d’entretien de ventilation',
        },
      },
      {
        name: 'LiftLine',
        what: { en: 'lift call-out service', de: 'Aufzugsnotdienst', fr: 'un service de dépannage d’ascenseurs' },
      },
      {
        name: 'BoilerBook',
        what: {
          en: 'boiler log for landlords',
          de: 'Kesselbuch für Vermieter',
          fr: 'un carnet de chaudière pour bailleurs',
        },
      },
      {
        name: 'NightDesk',
        what: { en: 'overnight caretaker desk', de: 'nächtlicher Hausmeisterdienst', fr: 'une permanence de nuit' },
      },
    ],
    assets: {
      en: ['air handling units', 'lifts', 'boilers'],
      de: ['Lüftungsanlagen', 'Aufzüge', 'Kesselanlagen'],
      fr: ['centrales de traitement d’air', 'ascenseurs', 'chaudières'],
    },
    roles: ROLES,
    awards: ['ISO 41001', 'ISO 45001', 'SafeContractor accreditation'],
    filler: {
      en: [
        'Nobody notices a building that works, and that is how we like it.',
        'Each site has a named engineer whose number the porter knows by heart.',
      ],
      de: ['Ein Gebäude, das funktioniert, fällt niemandem auf. So soll es sein.'],
      fr: ['Un bâtiment qui fonctionne ne se remarque pas, et c’est bien ainsi.'],
    },
  },
  {
    key: 'water',
    fit: true,
    label: { en: 'water and wastewater', de: 'Wasser und Abwasser', fr: 'eau et assainissement' },
    words: { en: ['Water', 'Utilities', 'Pumps'], de: ['Wassertechnik', 'Pumpenbau'], fr: ['Eaux', 'Pompage'] },
    provides: {
      en: [
        'pumping stations and treatment plants for towns',
        'leak detection and pipe renewal for utilities',
        'package treatment units for campsites and farms',
      ],
      de: ['Pumpwerke und Kläranlagen für Gemeinden', 'Lecksuche und Rohrsanierung für Stadtwerke'],
      fr: [
        'des stations de pompage et d’épuration pour les communes',
        'des services de recherche de fuites pour les régies',
      ],
    },
    products: [
      {
        name: 'LeakListen',
        what: { en: 'acoustic leak survey', de: 'akustische Lecksuche', fr: 'une recherche acoustique de fuites' },
      },
      {
        name: 'BlueBox',
        what: { en: 'package treatment unit', de: 'kompakte Kläreinheit', fr: 'une unité d’épuration compacte' },
      },
      {
        name: 'PumpPass',
        what: {
          en: 'pump overhaul programme',
          de: 'Überholungsprogramm für Pumpen',
          fr: 'un programme de révision des pompes',
        },
      },
      {
        name: 'SludgeLess',
        what: {
          en: 'sludge dewatering service',
          de: 'Entwässerungsdienst für Klärschlamm',
          fr: 'un service de déshydratation des boues',
        },
      },
    ],
    assets: {
      en: ['pumping stations', 'aeration blowers', 'screens'],
      de: ['Pumpwerke', 'Belüftungsgebläse', 'Rechenanlagen'],
      fr: ['stations de pompage', 'surpresseurs d’aération', 'dégrilleurs'],
    },
    roles: ROLES,
    awards: ['ISO 14001', 'ISO 55001', 'Regional Water Innovation Prize'],
    filler: {
      en: [
        'Most of our work lies underground, and the best compliment is that nobody asks about it.',
        'Night crews keep the pressure steady while the town sleeps.',
      ],
      de: ['Das meiste, was wir bauen, liegt unter der Erde.'],
      fr: ['L’essentiel de notre travail se trouve sous terre.'],
    },
  },
  {
    key: 'labs',
    fit: true,
    label: { en: 'medical laboratories', de: 'medizinische Labore', fr: 'laboratoires médicaux' },
    words: { en: ['Diagnostics', 'Laboratories'], de: ['Diagnostik', 'Labore'], fr: ['Laboratoires', 'Diagnostics'] },
    provides: {
      en: [
        'blood and tissue analyses for clinics and practices',
        'food and water tests for producers and councils',
        'sample transport and reporting for veterinary practices',
      ],
      de: ['Blut- und Gewebeanalysen für Kliniken und Praxen', 'Lebensmittel- und Wasserprüfungen für Hersteller'],
      fr: [
        'des analyses de sang et de tissus pour les cliniques',
        'des contrôles d’eau et d’aliments pour les producteurs',
      ],
    },
    products: [
      {
        name: 'RapidPanel',
        what: { en: 'same-day blood panel', de: 'Blutbild am selben Tag', fr: 'un bilan sanguin le jour même' },
      },
      {
        name: 'CourierCold',
        what: {
          en: 'chilled sample collection',
          de: 'gekühlte Probenabholung',
          fr: 'une collecte réfrigérée d’échantillons',
        },
      },
      {
        name: 'AquaProof',
        what: {
          en: 'water test for landlords',
          de: 'Wassertest für Vermieter',
          fr: 'une analyse d’eau pour bailleurs',
        },
      },
      {
        name: 'ReportLink',
        what: {
          en: 'results portal for practices',
          de: 'Befundportal für Praxen',
          fr: 'un portail de résultats pour cabinets',
        },
      },
    ],
    assets: {
      en: ['analysers', 'centrifuges', 'ultra-low freezers'],
      de: ['Analysegeräte', 'Zentrifugen', 'Ultratiefkühlschränke'],
      fr: ['automates d’analyse', 'centrifugeuses', 'congélateurs à très basse température'],
    },
    roles: {
      en: [
        'biomedical scientists',
        'a device coordinator',
        'sample couriers',
        'a quality manager',
        'laboratory technicians',
      ],
      de: ['medizinische Technologinnen und Technologen', 'Gerätebeauftragte', 'Probenfahrer', 'Laborhelfer'],
      fr: ['des techniciens de laboratoire', 'un responsable du parc d’appareils', 'des coursiers', 'un qualiticien'],
    },
    awards: ['ISO 15189', 'ISO/IEC 17025', 'ISO 14001'],
    filler: {
      en: [
        'Behind each tube there is somebody who waits for an answer.',
        'Results leave the building twice a day, and urgent ones by telephone.',
      ],
      de: ['Hinter jedem Röhrchen steht jemand, der auf eine Antwort wartet.'],
      fr: ['Derrière chaque tube, quelqu’un attend une réponse.'],
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
    key: 'transit',
    fit: true,
    label: { en: 'public transport', de: 'Nahverkehr', fr: 'transport public' },
    words: {
      en: ['Coaches', 'Transit', 'Trams'],
      de: ['Verkehrsbetriebe', 'Busreisen'],
      fr: ['Mobilités', 'Autocars'],
    },
    provides: {
      en: [
        'school and line bus services for counties',
        'tram workshops and fleet upkeep for cities',
        'airport shuttles and rail replacement buses',
      ],
      de: ['Schul- und Linienbusse für Landkreise', 'Werkstätten und Fuhrparkpflege für Städte'],
      fr: [
        'des lignes scolaires et régulières pour les départements',
        'des ateliers et l’entretien de flottes pour les villes',
      ],
    },
    products: [
      { name: 'DialBus', what: { en: 'on-demand minibus', de: 'Rufbus', fr: 'un minibus à la demande' } },
      {
        name: 'FleetStable',
        what: {
          en: 'overnight parking and cleaning service',
          de: 'Abstell- und Reinigungsdienst',
          fr: 'un service de remisage et nettoyage',
        },
      },
      {
        name: 'RailBridge',
        what: {
          en: 'rail replacement service',
          de: 'Schienenersatzverkehr',
          fr: 'un service de substitution ferroviaire',
        },
      },
      {
        name: 'SeatSure',
        what: {
          en: 'school-run booking service',
          de: 'Buchungsdienst für Schulfahrten',
          fr: 'un service de réservation scolaire',
        },
      },
    ],
    assets: {
      en: ['buses', 'bus lifts', 'charging posts'],
      de: ['Busse', 'Hebebühnen', 'Ladesäulen'],
      fr: ['autobus', 'ponts élévateurs', 'bornes de recharge'],
    },
    roles: {
      en: ['bus mechanics', 'a workshop planner', 'drivers', 'a fleet engineer', 'a parts clerk'],
      de: ['Kfz-Mechatroniker', 'Werkstattplaner', 'Busfahrerinnen und Busfahrer', 'Lageristen'],
      fr: ['des mécaniciens', 'un planificateur d’atelier', 'des conducteurs', 'un magasinier'],
    },
    awards: ['ISO 9001:2015', 'ISO 14001', 'Regional Bus Operator of the Year'],
    filler: {
      en: ['The first bus leaves before most alarms ring.', 'A clean bus on time is worth more than any slogan.'],
      de: ['Der erste Bus fährt, bevor die meisten Wecker klingeln.'],
      fr: ['Le premier bus part avant que la plupart des réveils ne sonnent.'],
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
    awards: ['PEFC', 'ISPM 15 approval', 'ISO 9001:2015'],
    filler: {
      en: ['A board remembers how it was dried.', 'Offcuts heat the kilns, and the kilns heat the offices.'],
      de: ['Ein Brett vergisst nicht, wie es getrocknet wurde.'],
      fr: ['Une planche se souvient de la façon dont elle a séché.'],
    },
  },
  ...['Law', 'Interior design', 'Language school', 'Bookkeeping'].map((label, i) => notAFit(label, i)),
]

/** Small service firms without machinery: nothing of what we offer is of use to them. */
function notAFit(label: string, i: number): Industry {
  const words =
    [
      ['Law', 'Solicitors'],
      ['Interiors', 'Studio'],
      ['Languages', 'Academy'],
      ['Bookkeeping', 'Accounts'],
    ][i] ?? []
  const provides = [
    'advice on tenancy and inheritance for private clients',
    'colour schemes and furnishing plans for homes',
    'evening courses in Italian and Portuguese',
    'monthly accounts for sole traders',
  ][i] as string
  const service = ['FirstHour', 'RoomBook', 'TableTalk', 'ShoeBox'][i] as string
  const what = ['fixed-fee consultation', 'single-room makeover', 'conversation evening', 'receipt sorting service'][
    i
  ] as string
  return {
    key: label.toLowerCase().replace(' ', '_'),
    fit: false,
    label: { en: label.toLowerCase(), de: label, fr: label },
    words: { en: words, de: words, fr: words },
    provides: { en: [provides], de: [provides], fr: [provides] },
    products: [
      { name: service, what: { en: what, de: what, fr: what } },
      { name: `${service} Plus`, what: { en: `extended ${what}`, de: what, fr: what } },
    ],
    assets: { en: ['laptops'], de: ['laptops'], fr: ['laptops'] },
    roles: { en: ['an office assistant', 'a part-time receptionist'], de: ['a receptionist'], fr: ['a receptionist'] },
    awards: ['Local Business Award'],
    filler: {
      en: ['The kettle is on and the first conversation costs nothing.', 'We are a small team and like it that way.'],
      de: ['The kettle is on.'],
      fr: ['The kettle is on.'],
    },
  }
}

/** Systems that orders, stock and purchasing run on: a company has one. */
export const TECHNOLOGIES = [
  'SAP S/4HANA',
  'SAP Business One',
  'Microsoft Dynamics 365',
  'Odoo',
  'Infor LN',
  'Sage 200',
  'abas ERP',
  'proALPHA',
  'IFS Cloud',
]
