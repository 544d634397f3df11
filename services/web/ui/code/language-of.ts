import { LanguageDescription, type LanguageSupport } from "@codemirror/language";

/**
 * The grammar for a file name, loaded when first needed.
 * @returns null when there is none, or when it could not be loaded: the text is then shown without colours.
 */
export async function loadLanguageOf(path: string): Promise<LanguageSupport | null> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  try {
    const { languages } = await import("@codemirror/language-data");
    const description =
      LanguageDescription.matchFilename(languages, name) ??
      (NOTEBOOK.test(name) ? LanguageDescription.matchLanguageName(languages, "json") : null);
    return description ? await description.load() : null;
  } catch {
    return null;
  }
}

const NOTEBOOK = /\.(ipynb|jsonl|geojson|webmanifest)$/i;
