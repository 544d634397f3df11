import type { Random } from "../random.ts";
import type { Language } from "../tables.ts";

/** Dates as people say them. `past` and `future` give an adverb that needs no preposition before it. */
export interface DateWords {
  readonly months: readonly string[];
  past(when: number, now: number, random: Random): string;
  future(when: number, random: Random): string;
}

interface Forms {
  readonly months: string;
  readonly days: string;
  readonly yesterday: string;
  readonly dayBefore: string;
  /** `#` is a week day. */
  readonly onDay: string;
  readonly lastDay: string;
  readonly nextDay: string;
  /** `#` is the day of the month, `$` the month. */
  readonly onDate: string;
  /** `#` is a date in digits. */
  readonly onDigits: string;
  readonly separator: string;
}

const DAY = 86_400_000;

function wordsOf(forms: Forms): DateWords {
  const months = forms.months.split(" ");
  const days = forms.days.split(" ").map((day) => day.replace("_", " "));
  const written = (when: number, random: Random) => {
    const date = new Date(when);
    const day = String(date.getUTCDate());
    const month = String(date.getUTCMonth() + 1);
    const digits = [day.padStart(random.pick([1, 2]), "0"), month.padStart(2, "0")].join(forms.separator);
    return random.chance(0.7)
      ? forms.onDate.replace("#", day).replace("$", months[date.getUTCMonth()]!)
      : forms.onDigits.replace("#", digits);
  };
  return {
    months,
    past(when, now, random) {
      const age = Math.round((now - when) / DAY);
      const day = days[new Date(when).getUTCDay()]!;
      if (age === 1 && random.chance(0.8)) return forms.yesterday;
      if (age === 2 && random.chance(0.5)) return forms.dayBefore;
      if (age <= 6 && random.chance(0.7)) return random.pick([forms.onDay, forms.lastDay]).replace("#", day);
      return written(when, random);
    },
    future(when, random) {
      const day = days[new Date(when).getUTCDay()]!;
      return random.chance(0.6)
        ? random.pick([forms.onDay, forms.nextDay]).replace("#", day)
        : written(when, random);
    },
  };
}

export const DATE_WORDS: Record<Language, DateWords> = {
  en: wordsOf({
    months: "January February March April May June July August September October November December",
    days: "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
    yesterday: "yesterday",
    dayBefore: "two days ago",
    onDay: "on #",
    lastDay: "last #",
    nextDay: "next #",
    onDate: "on # $",
    onDigits: "on #",
    separator: "/",
  }),
  de: wordsOf({
    months: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    days: "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag",
    yesterday: "gestern",
    dayBefore: "vorgestern",
    onDay: "am #",
    lastDay: "letzten #",
    nextDay: "nächsten #",
    onDate: "am #. $",
    onDigits: "am #.",
    separator: ".",
  }),
  es: wordsOf({
    months: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    days: "domingo lunes martes miércoles jueves viernes sábado",
    yesterday: "ayer",
    dayBefore: "anteayer",
    onDay: "el #",
    lastDay: "el # pasado",
    nextDay: "el próximo #",
    onDate: "el # de $",
    onDigits: "el #",
    separator: "/",
  }),
  fr: wordsOf({
    months: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    days: "dimanche lundi mardi mercredi jeudi vendredi samedi",
    yesterday: "hier",
    dayBefore: "avant-hier",
    onDay: "#",
    lastDay: "# dernier",
    nextDay: "# prochain",
    onDate: "le # $",
    onDigits: "le #",
    separator: "/",
  }),
  pt: wordsOf({
    months: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    days: "no_domingo na_segunda na_terça na_quarta na_quinta na_sexta no_sábado",
    yesterday: "ontem",
    dayBefore: "anteontem",
    onDay: "#",
    lastDay: "#",
    nextDay: "#",
    onDate: "no dia # de $",
    onDigits: "a #",
    separator: "/",
  }),
  pl: wordsOf({
    months:
      "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    days: "w_niedzielę w_poniedziałek we_wtorek w_środę w_czwartek w_piątek w_sobotę",
    yesterday: "wczoraj",
    dayBefore: "przedwczoraj",
    onDay: "#",
    lastDay: "#",
    nextDay: "#",
    onDate: "# $",
    onDigits: "#",
    separator: ".",
  }),
  it: wordsOf({
    months: "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    days: "domenica lunedì martedì mercoledì giovedì venerdì sabato",
    yesterday: "ieri",
    dayBefore: "l'altro ieri",
    onDay: "#",
    lastDay: "# scorso",
    nextDay: "# prossimo",
    onDate: "il # $",
    onDigits: "il #",
    separator: "/",
  }),
  nl: wordsOf({
    months: "januari februari maart april mei juni juli augustus september oktober november december",
    days: "zondag maandag dinsdag woensdag donderdag vrijdag zaterdag",
    yesterday: "gisteren",
    dayBefore: "eergisteren",
    onDay: "#",
    lastDay: "vorige #",
    nextDay: "komende #",
    onDate: "op # $",
    onDigits: "op #",
    separator: "-",
  }),
};
