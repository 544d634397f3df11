/** Check digits of things that have them. Inputs are plain: digits and capital letters, nothing between. */

/** Luhn, ISO/IEC 7812-1. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const value = index % 2 === 1 ? digit * 2 : digit;
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

/** ISO 13616: letters are 10 to 35, the first four characters go last, modulo 97. */
export function passesIban(iban: string): boolean {
  let rest = 0;
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest === 1;
}

/** German tax id: ISO 7064 MOD 11,10; of the first ten digits one comes twice or three times, the rest once at most. */
export function passesGermanTaxId(digits: string): boolean {
  const counts = new Map<string, number>();
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  if ([...counts.values()].filter((times) => times > 1).length !== 1 || Math.max(...counts.values()) > 3)
    return false;
  let product = 10;
  for (const digit of digits.slice(0, 10)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits[10]);
}

/** French social security number: 97 minus the first 13 digits modulo 97; Corsica's 2A and 2B count as 19 and 18. */
export function passesFrenchNir(nir: string): boolean {
  const number = nir.slice(0, 13).replace("2A", "19").replace("2B", "18");
  return /^\d{13}$/.test(number) && 97 - Number(BigInt(number) % 97n) === Number(nir.slice(13));
}

const DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

/** Spanish DNI or NIE: the letter is the number modulo 23. */
export function passesSpanishDni(dni: string): boolean {
  const digits = dni.slice(0, -1).replace("X", "0").replace("Y", "1").replace("Z", "2");
  return DNI_LETTERS[Number(digits) % 23] === dni.at(-1);
}

const ODD_VALUES = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/** Italian codice fiscale: characters in odd places have values of their own; the last is the sum modulo 26. */
export function passesItalianFiscalCode(code: string): boolean {
  let sum = 0;
  for (let index = 0; index < 15; index++) {
    const char = code[index]!;
    const value = /\d/.test(char) ? Number(char) : char.charCodeAt(0) - 65;
    sum += index % 2 === 0 ? ODD_VALUES[value]! : value;
  }
  return String.fromCharCode(65 + (sum % 26)) === code[15];
}

/** US social security number: no area 000, 666 or 9xx, no group 00, no serial 0000; numbers known from adverts. */
export function isPossibleSsn(digits: string): boolean {
  const [area, group, serial] = [digits.slice(0, 3), digits.slice(3, 5), digits.slice(5)];
  if (area === "000" || area === "666" || area.startsWith("9")) return false;
  return group !== "00" && serial !== "0000" && digits !== "078051120" && digits !== "123456789";
}
