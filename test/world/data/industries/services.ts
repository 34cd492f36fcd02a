/** Those who keep goods, buildings, water, samples and passengers moving. */
import { ROLES } from './types.ts'
import type { Industry } from './types.ts'

export const SERVICES: Industry[] = [
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
    awards: ['ISO 9001:2015', 'GDP', 'IFS Logistics'],
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
    awards: ['ISO 41001', 'ISO 45001', 'SafeContractor'],
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
]
