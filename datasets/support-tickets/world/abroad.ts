const list = (text: string): string[] => text.split(",").map((part) => part.trim());

/** Where people travel, by the language they say it in. */
export const ABROAD: Record<string, readonly string[]> = {
  en: list(
    "Japan, Thailand, Morocco, Turkey, Croatia, Iceland, Vietnam, Mexico, Kenya, Georgia, Albania, Egypt, Norway, Canada, the Azores, Sicily, Crete, Montenegro, Sri Lanka, Costa Rica, South Korea, Jordan, Lapland, Peru, Cape Verde, Marrakesh, Bangkok, Osaka, Istanbul, Reykjavik",
  ),
  de: list(
    "Thailand, Kroatien, Marokko, der Türkei, Norwegen, Island, Japan, Vietnam, Albanien, Südtirol, Georgien, Kanada",
  ),
  es: list(
    "Marruecos, Japón, Tailandia, Argentina, México, Turquía, Islandia, Colombia, Egipto, Croacia, Perú",
  ),
  fr: list("Thaïlande, Turquie, Tunisie, Islande, Croatie, Norvège, Géorgie, Corée, Albanie, Égypte"),
  pt: list("Cabo Verde, Marrocos, Japão, Brasil, Moçambique, Turquia, Islândia, Tailândia, Angola"),
  pl: list("Chorwacji, Turcji, Egipcie, Tajlandii, Gruzji, Norwegii, Grecji, Japonii, Maroku, Albanii"),
  it: list("Grecia, Thailandia, Marocco, Giappone, Turchia, Albania, Islanda, Croazia, Egitto, Tunisia"),
  nl: list("Thailand, Marokko, Turkije, Kroatië, Noorwegen, Japan, IJsland, Indonesië, Suriname, Curaçao"),
};
