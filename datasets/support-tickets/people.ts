import type { Random } from "./random.ts";
import type { Language, Segment } from "./tables.ts";
import { NAMES } from "./world/names.ts";
import { COUNTRIES, type Country } from "./world/places.ts";

export interface Customer {
  readonly customer_id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly country: string;
  readonly city: string | null;
  readonly language: Language;
  readonly timezone: string;
  readonly segment: Segment;
  readonly plan: string;
  readonly signup_date: string;
  readonly kyc_status: string;
  readonly status: string;
}

export interface Person {
  readonly customer: Customer;
  readonly country: Country;
  readonly community: string;
  readonly firstName: string;
  readonly birthYear: number;
}

const DAY = 86_400_000;
const SIGN_UPS_START = Date.UTC(2022, 2, 1);
const SIGN_UPS_END = Date.UTC(2026, 6, 31);

export function createPeople(count: number, random: Random): Person[] {
  return Array.from({ length: count }, (_, index) => createPerson(index + 1, random));
}

function createPerson(number: number, random: Random): Person {
  const country = random.weighted(COUNTRIES.map((item) => [item, item.weight] as const));
  const community = random.weighted(country.communities);
  const [firstName, lastName] = inventName(community, random);
  const segment = random.weighted([
    ["personal", 78],
    ["premium", 13],
    ["business", 9],
  ] as const);
  const signedUp = SIGN_UPS_START + (SIGN_UPS_END - SIGN_UPS_START) * Math.sqrt(random.next());
  const birthYear = 2006 - Math.floor(random.next() * random.next() * 62);
  return {
    country,
    community,
    firstName,
    birthYear,
    customer: {
      customer_id: `cus_${String(number).padStart(6, "0")}`,
      name: `${firstName} ${lastName}`,
      email: random.chance(0.985) ? inventEmail(firstName, lastName, birthYear, random) : null,
      phone: random.chance(0.82) ? inventPhone(country.code, random) : null,
      country: country.code,
      city: random.chance(0.94) ? random.pick(country.cities) : null,
      language: homeLanguage(country, community, random),
      timezone: random.chance(0.97) ? country.timezone : "Etc/UTC",
      segment,
      plan: random.weighted(PLANS[segment]),
      signup_date: new Date(signedUp - (signedUp % DAY)).toISOString().slice(0, 10),
      kyc_status: random.weighted([
        ["verified", 90],
        ["pending", 5],
        ["review", 3.5],
        ["rejected", 1.5],
      ]),
      status: random.weighted([
        ["active", 93],
        ["frozen", 2.5],
        ["closed", 4.5],
      ]),
    },
  };
}

const PLANS: Record<Segment, readonly (readonly [string, number])[]> = {
  personal: [
    ["Standard", 80],
    ["Plus", 20],
  ],
  premium: [["Premium", 100]],
  business: [
    ["Business Start", 70],
    ["Business Pro", 30],
  ],
};

/** People with a migrant name write in the country's language or in their own, when the desk speaks it. */
function homeLanguage(country: Country, community: string, random: Random): Language {
  const own: Record<string, Language> = {
    german: "de",
    spanish: "es",
    french: "fr",
    portuguese: "pt",
    polish: "pl",
    italian: "it",
    dutch: "nl",
  };
  const mother = own[community];
  if (mother && country.languages.some(([code]) => code === mother) && country.code !== "GB") {
    return random.chance(0.9) ? mother : "en";
  }
  if (mother && random.chance(0.3)) return mother;
  const speaksEnglish = ["british", "irish", "southasian", "african", "nordic"].includes(community);
  if (speaksEnglish && random.chance(0.85)) return "en";
  return random.weighted(country.languages) as Language;
}

export function inventName(community: string, random: Random): [string, string] {
  const names = NAMES[community]!;
  const first = random.pick(names.first);
  let last = random.pick(names.last).replace("De-Luca", "De Luca").replace("Le-Goff", "Le Goff");
  if (random.chance(0.06)) last = `${last}-${random.pick(names.last)}`;
  return [first, last];
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/ł/g, "l")
    .replace(/Ł/g, "L")
    .replace(/ß/g, "ss")
    .replace(/[øØ]/g, "o")
    .replace(/ı/g, "i")
    .toLowerCase()
    .replace(/[^a-z]/g, "");
}

export function inventEmail(first: string, last: string, birthYear: number, random: Random): string {
  const domain = random.pick([
    "example.com",
    "example.org",
    "example.net",
    "mail.example",
    "post.example",
    "webmail.example",
  ]);
  const [given, family] = [plain(first), plain(last)];
  const year = String(birthYear).slice(2);
  const local = random.pick([
    `${given}.${family}`,
    `${given}${family}${year}`,
    `${given[0]}.${family}`,
    `${family}.${given}`,
    `${given}_${family}`,
    `${given}${random.integer(2, 999)}`,
    `the.${family}s`,
    `${given}${year}`,
    `${given[0]}${family}${random.integer(1, 99)}`,
  ]);
  return `${local}@${domain}`;
}

/** Only ranges that regulators keep for fiction: Ofcom, ComReg, the Bundesnetzagentur and Arcep. */
export function inventPhone(country: string, random: Random): string {
  const digits = (count: number) => Array.from({ length: count }, () => random.integer(0, 9)).join("");
  if (country === "GB") {
    const tail = digits(3);
    return random.pick([
      `07700 900${tail}`,
      `+44 7700 900${tail}`,
      `07700900${tail}`,
      `020 7946 0${tail}`,
      `0113 496 0${tail}`,
    ]);
  }
  if (country === "IE")
    return random.pick([`020 91${digits(1)} ${digits(4)}`, `+353 20 91${digits(1)} ${digits(4)}`]);
  if (country === "FR")
    return random.pick([`06 39 98 ${digits(2)} ${digits(2)}`, `+33 6 39 98 ${digits(2)} ${digits(2)}`]);
  if (country === "DE")
    return random.pick([`030 23125 ${digits(3)}`, `+49 171 39200 ${digits(2)}`, `0176 040690 ${digits(2)}`]);
  return random.pick([
    `+44 7700 900${digits(3)}`,
    `+33 6 39 98 ${digits(2)} ${digits(2)}`,
    `+49 171 39200${digits(2)}`,
  ]);
}

export function inventAddress(country: Country, random: Random): string {
  const house = random.chance(0.25)
    ? `${random.integer(1, 140)}${random.pick(["a", "b", "/2", "c"])}`
    : String(random.integer(1, 180));
  return country.address
    .replace("#", house)
    .replace("$street", random.pick(country.streets))
    .replace("$city", random.pick(country.cities));
}
