import { inventAddress, inventEmail, inventName, inventPhone, type Person } from "./people.ts";
import { markPii } from "./pii.ts";
import type { Random } from "./random.ts";
import type { Language } from "./tables.ts";
import { ABROAD } from "./world/abroad.ts";
import * as commerce from "./world/commerce.ts";
import { DATE_WORDS } from "./world/dates.ts";
import { COUNTRIES } from "./world/places.ts";

export interface FactContext {
  readonly random: Random;
  readonly person: Person;
  readonly language: Language;
  /** Epoch milliseconds of the message the facts belong to. */
  readonly now: number;
  readonly given: Readonly<Record<string, string>>;
}

const DAY = 86_400_000;

/** Once the customer has spoken, these stand in for each other: the answer is about the shop that was named. */
const STAND_INS: Record<string, readonly string[]> = {
  shop: ["online", "eatery", "travelco"],
  online: ["shop", "travelco", "eatery"],
  amount: ["typed", "small", "big", "huge"],
};

/** The facts of one ticket. Each is drawn once, so that a thread keeps talking about the same payment. */
export class Facts {
  readonly #context: FactContext;
  readonly #drawn: Map<string, string>;
  #settled = false;

  /** `earlier` are the facts of the ticket that this one repeats. */
  constructor(context: FactContext, earlier?: Facts) {
    this.#context = context;
    this.#drawn = new Map([...(earlier ? earlier.#drawn : []), ...Object.entries(context.given)]);
  }

  get(name: string): string {
    const known = this.#drawn.get(name);
    if (known !== undefined) return known;
    const standIn = this.#settled ? STAND_INS[name]?.find((other) => this.#drawn.has(other)) : undefined;
    if (standIn) return this.#drawn.get(standIn)!;
    const maker = MAKERS[name];
    if (!maker) throw new RangeError(`no fact named ${name}`);
    const value = maker(this.#context, this);
    this.#drawn.set(name, value);
    return value;
  }

  settle(): void {
    this.#settled = true;
  }
}

type Maker = (context: FactContext, facts: Facts) => string;

const local = (table: Record<string, readonly string[]>, { language, random }: FactContext): string =>
  random.pick(table[language] ?? table.en!);
const shop: Maker = (context) =>
  context.random.chance(0.12) ? context.random.pick(commerce.SHOPS.en!) : local(commerce.SHOPS, context);
const city: Maker = ({ person, random }) => person.customer.city ?? random.pick(person.country.cities);
const pick =
  (items: readonly string[]): Maker =>
  ({ random }) =>
    random.pick(items);
const money =
  (low: number, high: number): Maker =>
  (context) =>
    formatMoney(drawAmount(low, high, context.random), context);

function fullName({ person, random }: FactContext): string {
  const community = random.chance(0.7) ? person.community : random.weighted(person.country.communities);
  const [first, last] = inventName(community, random);
  return markPii("name", random.chance(0.75) ? `${first} ${last}` : `${first[0]}. ${last}`);
}

function code({ random }: FactContext): string {
  const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
  const letter = () => letters[random.integer(0, letters.length - 1)]!;
  return random.pick([
    () => `${letter()}${letter()}-${random.integer(10_000, 99_999)}`,
    () => `HB${random.integer(100_000, 999_999)}${letter()}`,
    () => `${random.integer(100, 999)}/${random.integer(1000, 9999)}/${letter()}`,
    () => `${letter()}${random.integer(1, 9)}${letter()}${random.integer(10, 99)}${letter()}${letter()}`,
  ])();
}

const MAKERS: Record<string, Maker> = {
  shop,
  shop2: shop,
  online: pick(commerce.ONLINE),
  online2: pick(commerce.ONLINE),
  eatery: pick(commerce.EATERIES),
  subscription: pick(commerce.SUBSCRIPTIONS),
  travelco: pick(commerce.TRAVEL),
  company: pick(commerce.COMPANIES),
  employer: pick(commerce.COMPANIES),
  merchantcode: pick(commerce.MERCHANT_CODES),
  goods: (context) => local(commerce.GOODS, context),
  pot: (context) => local(commerce.POTS, context),
  device: pick(commerce.DEVICES),
  device2: pick(commerce.DEVICES),
  os: ({ random }, facts) => {
    const apple = facts.get("device").startsWith("iPhone");
    return random.pick(commerce.SYSTEMS.filter((system) => system.startsWith("iOS") === apple));
  },
  wallet: (_, facts) => (facts.get("device").startsWith("iPhone") ? "Apple Pay" : "Google Pay"),
  /** A sum, and the same sum with a zero too many. */
  meant: ({ random }) => String(random.integer(12, 95)),
  typed: (_, facts) => `${facts.get("meant")}0`,
  appver: ({ random, now }) =>
    `5.${Math.min(19, 6 + Math.floor((now - Date.UTC(2025, 2, 1)) / (42 * DAY)))}.${random.integer(0, 4)}`,
  error: pick(commerce.ERRORS),
  last4: ({ random }) =>
    random.pick(["4242", "1111", "4444", "5100", "1881", "5556", "0005", "1117", "0002"]),
  ref: code,
  small: money(1.2, 28),
  small2: money(1.2, 28),
  amount: money(9, 480),
  amount2: money(9, 480),
  big: money(700, 6_500),
  huge: money(5_500, 42_000),
  number: ({ random }) => String(random.integer(4, 23)),
  time: ({ random, language }) => {
    const [hour, minute] = [random.integer(6, 22), random.integer(0, 59)];
    const padded = String(minute).padStart(2, "0");
    if (language !== "en") return `${hour}:${padded}`;
    return random.pick([
      `${hour}:${padded}`,
      `${hour % 12 || 12}${hour < 12 ? "am" : "pm"}`,
      `${hour}.${padded}`,
      `${hour % 12 || 12}:${padded} ${hour < 12 ? "am" : "pm"}`,
    ]);
  },
  dayofmonth: ({ random, language }) => ordinal(random.integer(1, 28), language),
  date: (context) =>
    DATE_WORDS[context.language].past(
      context.now - context.random.integer(1, 16) * DAY,
      context.now,
      context.random,
    ),
  soon: (context) =>
    DATE_WORDS[context.language].future(context.now + context.random.integer(1, 9) * DAY, context.random),
  month: ({ language, random, now }) =>
    DATE_WORDS[language].months[new Date(now - random.integer(1, 5) * 30 * DAY).getUTCMonth()]!,
  city,
  city2: ({ random }) => random.pick(random.pick(COUNTRIES).cities),
  abroad: (context) => local(ABROAD, context),
  payee: fullName,
  firstname: ({ person, random }) => inventName(person.community, random)[0],
  iban: ({ random }) => markPii("iban", random.pick(commerce.TEST_IBANS)),
  card: ({ random }) => markPii("card_number", random.pick(commerce.TEST_CARDS)),
  phone: ({ person, random }) =>
    markPii("phone", person.customer.phone ?? inventPhone(person.country.code, random)),
  email: ({ person, random }) =>
    markPii(
      "email",
      person.customer.email ?? inventEmail(person.firstName, "post", person.birthYear, random),
    ),
  email2: ({ person, random }) => {
    const [first, last] = inventName(person.community, random);
    return markPii("email", inventEmail(first, last, 1990, random));
  },
  address: ({ person, random }) => markPii("address", inventAddress(person.country, random)),
  dob: ({ person, random }) => {
    const [day, month] = [
      String(random.integer(1, 28)).padStart(2, "0"),
      String(random.integer(1, 12)).padStart(2, "0"),
    ];
    return markPii(
      "date_of_birth",
      random.pick([
        `${day}/${month}/${person.birthYear}`,
        `${day}.${month}.${person.birthYear}`,
        `${person.birthYear}-${month}-${day}`,
      ]),
    );
  },
};

function drawAmount(low: number, high: number, random: Random): number {
  const value = low * (high / low) ** random.next();
  if (value > 600) return Math.round(value / 50) * 50;
  return random.chance(0.35) ? Math.round(value) : Math.round(value * 100) / 100;
}

/** Money as people type it: with the symbol before or after, a comma or a point, or in words. */
function formatMoney(value: number, { person, language, random }: FactContext): string {
  const currency = person.country.currency;
  const scaled =
    currency === "PLN" ? Math.round(value * 4) : currency === "SEK" ? Math.round(value * 11) : value;
  const decimals = Number.isInteger(scaled) ? 0 : 2;
  const grouped = (separator: string) => {
    const [whole, fraction] = scaled.toFixed(decimals).split(".");
    const spaced = whole!.replace(/\B(?=(\d{3})+$)/g, separator);
    return fraction ? `${spaced}${separator === "." || separator === " " ? "," : "."}${fraction}` : spaced;
  };
  if (language === "en") {
    const symbol = { GBP: "£", EUR: "€", PLN: "PLN ", SEK: "SEK " }[currency];
    const word = { GBP: random.pick(["pounds", "quid"]), EUR: "euros", PLN: "zloty", SEK: "kronor" }[
      currency
    ];
    return random.weighted([
      [`${symbol}${grouped(",")}`, 70],
      [`${grouped("")} ${word}`, 12],
      [`${grouped("")}${symbol.trim()}`, 8],
      [`${currency} ${grouped("")}`, 5],
      [`${symbol}${grouped("")}`, 10],
    ]);
  }
  const unit = {
    GBP: random.pick(["£", "GBP"]),
    EUR: random.pick(["€", "€", "Euro", "EUR"]),
    PLN: random.pick(["zł", "zł", "PLN"]),
    SEK: "SEK",
  }[currency];
  return `${grouped(language === "pl" || language === "fr" ? " " : ".")} ${unit === "Euro" && language !== "de" ? (language === "nl" || language === "it" || language === "pl" ? "euro" : "euros") : unit}`;
}

function ordinal(day: number, language: Language): string {
  if (language === "de") return `${day}.`;
  if (language !== "en") return String(day);
  const suffix =
    day % 10 === 1 && day !== 11
      ? "st"
      : day % 10 === 2 && day !== 12
        ? "nd"
        : day % 10 === 3 && day !== 13
          ? "rd"
          : "th";
  return `${day}${suffix}`;
}
