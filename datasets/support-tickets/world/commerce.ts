/** Invented shops, services and companies; any likeness to real ones is chance. */
const list = (text: string): string[] => text.split(",").map((part) => part.trim());

export const SHOPS: Record<string, readonly string[]> = {
  en: list(
    "Brightwater Foods, Tannery Market, Penny & Plum, Hartley's Hardware, Fernhill Garden Centre, Corner Pantry, Oakmoor Outdoor, Bluebell Pharmacy, Saddler & Sons, The Wool Shed, Kingfisher Books, Quarry Bikes, Marlowe Shoes, Dovetail Furniture, Petrel Fuel, Roadstar Services, Copperfield Optics, Lambton Farm Shop, Nettle & Thyme, Stagecoach Antiques, Little Acorns Toys, Wharf Electrics, Greystone DIY, Meadowlark Florist, Anchor Off-licence, Paws & Whiskers, Tidewell Leisure, Tollgate Car Wash, Bramble Bakery, Hobson Tiles, Rosehip Health, Northgate Newsagents, Kelpie Fishmongers, Cobalt Phones, Mayfly Angling, Silverdale Cinema, Thistle Knitwear, Pembroke Pets, Larkspur Chemist, Windmill Carpets",
  ),
  de: list(
    "Nordlicht Möbel, Bäckerei Sonnenkorn, Kaufhof Lindner, Apotheke am Brunnen, Frischmarkt Kessler, Baumarkt Eichner, Fahrrad Brandl, Tankhof Süd, Drogerie Blümel, Buchhandlung Federkiel, Gartencenter Rosental, Metzgerei Oberhof, Schuhhaus Stadler, Elektro Funke",
  ),
  es: list(
    "Supermercado La Huerta, Ferretería Robles, Zapatería Alonso, Gasolinera El Cruce, Panadería Trigal, Librería Quijano, Óptica Mirador, Farmacia del Carmen, Frutería Paqui, Muebles Castellón, Electro Levante, Bicicletas Sierra",
  ),
  fr: list(
    "Marché des Halles, Boulangerie Petitjean, Jardinerie Belle-Saison, Pharmacie du Port, Quincaillerie Morel, Librairie des Arcades, Station Relais-Est, Chaussures Valmont, Épicerie du Canal, Meubles Grandval, Cycles Bernier, Primeurs Colombe",
  ),
  pt: list(
    "Mercearia Boavista, Padaria Pão Nosso, Farmácia Central, Livraria Alfarrábio, Talho Ribeiro, Sapataria Ideal, Posto Estrela, Oficina Marques, Mercado do Bairro, Casa dos Tecidos",
  ),
  pl: list(
    "Piekarnia Złoty Kłos, Delikatesy Wanda, Apteka Pod Lipą, Księgarnia Atrament, Sklep Rowerowy Szprycha, Stacja Meteor, Meble Dębina, Market Budowlany Kielnia, Drogeria Jaśmin, Kwiaciarnia Azalia",
  ),
  it: list(
    "Alimentari Gemma, Panificio Spiga d'Oro, Farmacia San Rocco, Ferramenta Bulloni, Libreria Calamaio, Calzature Olmo, Distributore Stella Sud, Ottica Lince, Mobili Castagna, Pescheria Scoglio",
  ),
  nl: list(
    "Bakkerij De Korenaar, Boekhandel Inktvis, Fietsenhuis Spaak, Apotheek Linde, Tuincentrum Groenrijk-Oost, Slagerij Veldman, Tankstation De Brug, Kaasboer Wim, Schoenen Van Dam, Bouwmarkt Hamer",
  ),
};

export const ONLINE = list(
  "Lumenstore, Trendkiste24, Pixelporium, CosyNest.example, VeloDirect, GadgetGarten, Modalia, Threadbare & Co, Kitchenry, PaperKite, SneakerVault, Tiendazul, NordicNook, Petlandia, BoxBrite, Zoomarket, Fleurette, Brickly, GameHarbor, PlantPost, Vinylheads, SoleTrader, MobiFix, TicketTide, Bookbarrow, LensLocker, Yarnia, Bonboxe, Skylark Tickets, Campervan Parts Direct",
);
export const EATERIES = list(
  "Kettle & Crumb, Trattoria Vesuvia, The Rusty Anchor, Noodle Lantern, Bar El Faro, Café Mirabelle, Curry Junction, Pierogarnia Babci, The Drunken Duck, Taverna Thalassa, Burger Union, Sushi Kaze, Tante Frieda, Chai & Chaat, La Petite Fourchette, The Pelican Inn, Pizzeria Da Enzo, Falafel Corner, Pannenkoekenhuis Saar, Churrería Goya",
);
export const SUBSCRIPTIONS = list(
  "StreamNest, Fitloop, AudioFable, CloudCrate, MealMosaic, DailyCipher, YogaNook, SnapPrint Plus, VaultVPN, LingoLark, NewsHarbour, GameTrove, RazorRoute, PuzzlePost, CinePal, TuneWell, DriveBox Pro, MatchSpark, SleepTide, HoroscopeHub",
);
export const TRAVEL = list(
  "Albatross Air, Ferrylink, Sunbeam Holidays, Zugvogel Reisen, CityHopper Rail, Roomly, Azur Voyages, Wanderbus, Kite Airways, Motorent",
);
export const COMPANIES = list(
  "Pinecrest Energy, Halden Insurance, Blauwal Software GmbH, Fairway Gyms, Telquick Mobile, Osprey Logistics Ltd, Studio Kestrel, Bennet & Daughters Ltd, Greenlight Solar, Atelier Mistral SARL, Ferrum Metallbau, Casa Limón SL, Oficina Azul Lda, Piwowarscy sp. z o.o., Bottega Salvi Srl, De Groene Schuur BV, Northpoint Clinics, Citywater, Hearth Property Lettings, Marlin Marine Repairs, Lighthouse Nursery, Redwood Care Homes, Swift Couriers, Bluebird Dental, Kiln Ceramics, Orchard School Trust, Vector Scaffolding, Foxglove Catering",
);
export const MERCHANT_CODES = list(
  "PYZ*LMNSTR 4029, SP GLOWLEAF DIGITAL, ZQT LTD 35316, WWW.ORBKIT.EXAMPLE, MKTPL*8H2K LU, DIGIGOODS NICOSIA, PPX*TRENDLAB, AUTOPAY 77120, CRV*MEDIA TALLINN, SQZ*THE RUSTY ANCH, APPSTR ITUNL CORK, NTX GAMES VALLETTA, GLBL-E SERVICES, FTN*RIDES, 24HPARK QR, EUROVEND 0091, SHPFY*VELVETMOON, B2C TRADING FZE",
);
export const DEVICES = list(
  "iPhone 11, iPhone 12 mini, iPhone 13, iPhone 14 Pro, iPhone 15, iPhone 16e, iPhone SE, Pixel 6, Pixel 7a, Pixel 8 Pro, Pixel 9, Galaxy A14, Galaxy A54, Galaxy S21, Galaxy S23 Ultra, Galaxy Z Flip 5, Redmi Note 12, Xiaomi 13T, Fairphone 4, Fairphone 5, OnePlus Nord 3, Nothing Phone 2, Moto G84, Huawei P30 Lite, Honor 90, Sony Xperia 10, Nokia G42, Oppo Reno 8",
);
export const SYSTEMS = list(
  "iOS 16.7, iOS 17.4, iOS 17.6.1, iOS 18.1, iOS 18.3, Android 11, Android 12, Android 13, Android 14, Android 15, One UI 6, HyperOS, GrapheneOS, iOS 26.0.1",
);
export const ERRORS = list(
  "E-1042, E-2207, HB-403, HB-500, HB-509, ERR_TIMEOUT, 0x80A4, AUTH-17, AUTH-23, 3DS-11, KYC-09, KYC-31, PAY-661, PAY-702, LIM-04, NET-08, code 91, code 57, Q13, unexpected_null",
);
export const GOODS: Record<string, readonly string[]> = {
  en: list(
    "a coffee machine, two concert tickets, a pair of hiking boots, a second-hand laptop, a winter coat, a pram, garden furniture, a cordless drill, a sewing machine, a mattress, noise-cancelling headphones, a mountain bike, a wedding dress, contact lenses, a dog bed, a telescope, a set of pans, running shoes, a graphics card, a leather sofa, school uniforms, an air fryer, a saxophone mouthpiece, a car seat, a dishwasher, six kitchen chairs, football tickets, a tablet for my mum, curtains, a greenhouse",
  ),
  de: list(
    "eine Kaffeemaschine, zwei Konzertkarten, Wanderschuhe, einen gebrauchten Laptop, einen Wintermantel, einen Kinderwagen, Gartenmöbel, einen Akkuschrauber, Kopfhörer, eine Matratze, ein Lastenrad, eine Nähmaschine",
  ),
  es: list(
    "una cafetera, dos entradas, unas botas de montaña, un portátil de segunda mano, un abrigo, un carrito de bebé, un taladro, unos auriculares, un colchón, una bicicleta",
  ),
  fr: list(
    "une machine à café, deux places de concert, des chaussures de randonnée, un ordinateur d'occasion, un manteau, une poussette, un casque audio, un matelas, un vélo, une perceuse",
  ),
  pt: list(
    "uma máquina de café, dois bilhetes, umas botas, um portátil usado, um casaco, um carrinho de bebé, uns auscultadores, um colchão, uma bicicleta",
  ),
  pl: list(
    "ekspres do kawy, dwa bilety na koncert, buty trekkingowe, używanego laptopa, płaszcz zimowy, wózek dziecięcy, wkrętarkę, słuchawki, materac, rower",
  ),
  it: list(
    "una macchina del caffè, due biglietti, scarponi da trekking, un portatile usato, un cappotto, un passeggino, un trapano, delle cuffie, un materasso, una bicicletta",
  ),
  nl: list(
    "een koffiezetapparaat, twee concertkaartjes, wandelschoenen, een tweedehands laptop, een winterjas, een kinderwagen, een boormachine, een koptelefoon, een matras, een fiets",
  ),
};
export const POTS: Record<string, readonly string[]> = {
  en: list(
    "holiday, rainy day, house deposit, baby, New York, emergency, Christmas, tax, wedding, motorbike, Lego, roof, Japan 2026, vet, van",
  ),
  de: list("Urlaub, Notgroschen, Steuer, Hochzeit, Auto, Kücheneinbau, Weihnachten, Motorrad"),
  es: list("vacaciones, imprevistos, boda, coche, piso, Navidad, reforma"),
  fr: list("vacances, imprévus, mariage, voiture, Noël, impôts, travaux"),
  pt: list("férias, emergência, casamento, carro, obras, Natal, impostos"),
  pl: list("wakacje, czarna godzina, wesele, samochód, remont, święta"),
  it: list("vacanze, imprevisti, matrimonio, auto, ristrutturazione, Natale"),
  nl: list("vakantie, noodfonds, bruiloft, auto, verbouwing, belasting"),
};
/** Documented test numbers of card schemes and payment providers. */
export const TEST_CARDS = list(
  "4242 4242 4242 4242, 4242424242424242, 4111 1111 1111 1111, 4111111111111111, 5555 5555 5555 4444, 5555555555554444, 5105 1051 0510 5100, 4012 8888 8888 1881, 4000 0566 5566 5556, 378282246310005, 3782 822463 10005, 6011 1111 1111 1117, 4000 0000 0000 0002, 4242-4242-4242-4242",
);
/** The example numbers of the IBAN registry. */
export const TEST_IBANS = list(
  "GB29 NWBK 6016 1331 9268 19, GB29NWBK60161331926819, IE29 AIBK 9311 5212 3456 78, IE29AIBK93115212345678, DE89 3704 0044 0532 0130 00, DE89370400440532013000, FR14 2004 1010 0505 0001 3M02 606, ES91 2100 0418 4502 0005 1332, ES9121000418450200051332, PT50 0002 0123 1234 5678 9015 4, PL61 1090 1014 0000 0712 1981 2874, IT60 X054 2811 1010 0000 0123 456, IT60X0542811101000000123456, NL91 ABNA 0417 1643 00, NL91ABNA0417164300, AT61 1904 3002 3457 3201, BE68 5390 0754 7034",
);
