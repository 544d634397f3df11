/** Where customers live: cities with a time zone, street names, and the communities of each country. */
export interface Country {
  readonly code: string;
  readonly weight: number;
  readonly timezone: string;
  readonly currency: "GBP" | "EUR" | "PLN" | "SEK";
  readonly languages: readonly (readonly [string, number])[];
  readonly communities: readonly (readonly [string, number])[];
  readonly cities: readonly string[];
  readonly streets: readonly string[];
  /** `#` house number, `%` postcode digit, `$street` and `$city`. */
  readonly address: string;
}

const list = (text: string): string[] => text.split(",").map((part) => part.trim());

export const COUNTRIES: readonly Country[] = [
  {
    code: "GB",
    weight: 70,
    timezone: "Europe/London",
    currency: "GBP",
    languages: [
      ["en", 96],
      ["pl", 2],
      ["es", 1],
      ["pt", 1],
    ],
    communities: [
      ["british", 62],
      ["southasian", 13],
      ["african", 8],
      ["irish", 5],
      ["eastern", 5],
      ["polish", 4],
      ["italian", 1],
      ["portuguese", 1],
      ["spanish", 1],
    ],
    cities: list(
      "London, Leeds, Sheffield, Glasgow, Edinburgh, Cardiff, Belfast, Bristol, Norwich, Hull, Plymouth, Leicester, Nottingham, Stoke-on-Trent, Aberdeen, Swansea, Huddersfield, Middlesbrough, Brighton, Exeter, Carlisle, Inverness, Kettering, Whitby, Grimsby, Croydon, Hackney, Walthamstow, Bradford, Wolverhampton",
    ),
    streets: list(
      "Mill Lane, Station Road, Chapel Street, Albert Terrace, Canal Row, Quarry Hill, Larch Avenue, Foundry Yard, Orchard Close, Priory Gardens, Bakehouse Lane, Weir Street, Rectory Road, Tannery Court, Ropewalk, Wellington Crescent, Saltmarsh Drive, Cobbler's Row, Heron Way, Beacon Rise",
    ),
    address: "# $street, $city",
  },
  {
    code: "IE",
    weight: 20,
    timezone: "Europe/Dublin",
    currency: "EUR",
    languages: [
      ["en", 95],
      ["pl", 3],
      ["pt", 2],
    ],
    communities: [
      ["irish", 70],
      ["polish", 8],
      ["eastern", 7],
      ["british", 5],
      ["african", 5],
      ["portuguese", 5],
    ],
    cities: list(
      "Dublin, Cork, Galway, Limerick, Waterford, Sligo, Athlone, Kilkenny, Tralee, Drogheda, Letterkenny, Ennis, Bray, Swords",
    ),
    streets: list(
      "Harbour View, Parnell Street, Quay Road, Barrack Lane, Abbey Court, Friary Walk, Bothar na Tra, Castle Park, Patrick Street, Strand Road, Hawthorn Grove, Distillery Row",
    ),
    address: "# $street, $city",
  },
  {
    code: "DE",
    weight: 11,
    timezone: "Europe/Berlin",
    currency: "EUR",
    languages: [
      ["de", 76],
      ["en", 20],
      ["pl", 2],
      ["it", 2],
    ],
    communities: [
      ["german", 76],
      ["eastern", 6],
      ["polish", 5],
      ["italian", 4],
      ["southasian", 4],
      ["african", 3],
      ["spanish", 2],
    ],
    cities: list(
      "Berlin, Hamburg, München, Köln, Leipzig, Dresden, Freiburg, Bremen, Kassel, Würzburg, Lübeck, Münster, Görlitz, Saarbrücken, Rostock, Tübingen, Bielefeld, Chemnitz",
    ),
    streets: list(
      "Lindenstraße, Am Mühlbach, Schulweg, Kastanienallee, Bahnhofstraße, Gartenweg, Ringstraße, Amselweg, Marktplatz, Brunnengasse, Fichtenweg, Hafenstraße",
    ),
    address: "$street #, $city",
  },
  {
    code: "ES",
    weight: 8,
    timezone: "Europe/Madrid",
    currency: "EUR",
    languages: [
      ["es", 76],
      ["en", 22],
      ["de", 2],
    ],
    communities: [
      ["spanish", 76],
      ["british", 14],
      ["african", 3],
      ["eastern", 4],
      ["german", 3],
    ],
    cities: list(
      "Madrid, Barcelona, Valencia, Sevilla, Zaragoza, Málaga, Bilbao, Gijón, Vigo, Granada, Logroño, Cádiz, Alicante, Palma",
    ),
    streets: list(
      "Calle Mayor, Calle del Olivo, Avenida de la Constitución, Calle Real, Plaza Nueva, Calle San Antón, Paseo del Río, Calle de la Fuente, Camino Viejo",
    ),
    address: "$street #, $city",
  },
  {
    code: "FR",
    weight: 8,
    timezone: "Europe/Paris",
    currency: "EUR",
    languages: [
      ["fr", 82],
      ["en", 16],
      ["pt", 2],
    ],
    communities: [
      ["french", 80],
      ["african", 7],
      ["portuguese", 6],
      ["british", 4],
      ["italian", 3],
    ],
    cities: list(
      "Paris, Lyon, Marseille, Toulouse, Nantes, Rennes, Strasbourg, Lille, Grenoble, Dijon, Angers, Clermont-Ferrand, Perpignan, Brest",
    ),
    streets: list(
      "rue des Lilas, avenue Jean-Jaurès, rue de la Gare, place du Marché, impasse des Tilleuls, rue Victor-Hugo, chemin du Moulin, quai des Pêcheurs, rue de l'Église",
    ),
    address: "# $street, $city",
  },
  {
    code: "PT",
    weight: 5,
    timezone: "Europe/Lisbon",
    currency: "EUR",
    languages: [
      ["pt", 76],
      ["en", 24],
    ],
    communities: [
      ["portuguese", 80],
      ["british", 12],
      ["african", 4],
      ["french", 4],
    ],
    cities: list("Lisboa, Porto, Braga, Coimbra, Faro, Évora, Setúbal, Aveiro, Funchal, Viseu"),
    streets: list(
      "Rua das Flores, Travessa do Carmo, Avenida da Liberdade, Rua do Sol, Largo da Fonte, Rua dos Pescadores, Calçada da Ajuda",
    ),
    address: "$street #, $city",
  },
  {
    code: "PL",
    weight: 5,
    timezone: "Europe/Warsaw",
    currency: "PLN",
    languages: [
      ["pl", 82],
      ["en", 18],
    ],
    communities: [
      ["polish", 92],
      ["eastern", 8],
    ],
    cities: list(
      "Warszawa, Kraków, Wrocław, Gdańsk, Poznań, Łódź, Lublin, Katowice, Białystok, Rzeszów, Szczecin, Toruń",
    ),
    streets: list(
      "ul. Lipowa, ul. Polna, ul. Kościuszki, ul. Młyńska, ul. Słoneczna, al. Niepodległości, ul. Rybacka, ul. Ogrodowa",
    ),
    address: "$street #, $city",
  },
  {
    code: "IT",
    weight: 5,
    timezone: "Europe/Rome",
    currency: "EUR",
    languages: [
      ["it", 84],
      ["en", 16],
    ],
    communities: [
      ["italian", 90],
      ["eastern", 5],
      ["african", 3],
      ["british", 2],
    ],
    cities: list(
      "Milano, Roma, Napoli, Torino, Palermo, Bologna, Firenze, Bari, Catania, Verona, Trieste, Cagliari, Lecce",
    ),
    streets: list(
      "Via Garibaldi, Via delle Rose, Corso Vittorio Emanuele, Via del Mulino, Piazza San Marco, Viale Europa, Vicolo Stretto, Via Dante",
    ),
    address: "$street #, $city",
  },
  {
    code: "NL",
    weight: 5,
    timezone: "Europe/Amsterdam",
    currency: "EUR",
    languages: [
      ["nl", 70],
      ["en", 30],
    ],
    communities: [
      ["dutch", 76],
      ["southasian", 6],
      ["eastern", 6],
      ["german", 4],
      ["british", 4],
      ["italian", 4],
    ],
    cities: list(
      "Amsterdam, Rotterdam, Utrecht, Den Haag, Eindhoven, Groningen, Maastricht, Zwolle, Leeuwarden, Nijmegen",
    ),
    streets: list(
      "Kerkstraat, Molenweg, Havenkade, Dorpsstraat, Lindelaan, Oude Gracht, Vissersdijk, Zonnebloemstraat",
    ),
    address: "$street #, $city",
  },
  {
    code: "SE",
    weight: 2,
    timezone: "Europe/Stockholm",
    currency: "SEK",
    languages: [["en", 100]],
    communities: [
      ["nordic", 85],
      ["eastern", 8],
      ["african", 7],
    ],
    cities: list("Stockholm, Göteborg, Malmö, Uppsala, Umeå, Lund"),
    streets: list("Storgatan, Björkvägen, Kungsgatan, Skolgatan, Hamngatan"),
    address: "$street #, $city",
  },
];
