import {
  Decoration,
  type DecorationSet,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from "@codemirror/view";
import {
  hiddenCharacterDescription,
  hiddenCharacterLabel,
  hiddenCharacterPattern,
} from "../hidden-characters.ts";

/** Stands in the place of the character, so that it can neither hide nor turn the text around it. */
class HiddenCharacterWidget extends WidgetType {
  readonly character: string;

  constructor(character: string) {
    super();
    this.character = character;
  }

  override eq(other: HiddenCharacterWidget): boolean {
    return other.character === this.character;
  }

  toDOM(): HTMLElement {
    const chip = document.createElement("span");
    const turns = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(this.character);
    chip.className = `cm-hidden-character${turns ? " cm-hidden-character-direction" : ""}`;
    chip.textContent = hiddenCharacterLabel(this.character);
    chip.title = hiddenCharacterDescription(this.character);
    return chip;
  }
}

const hiddenMatcher = new MatchDecorator({
  regexp: hiddenCharacterPattern(),
  decoration: (match) => Decoration.replace({ widget: new HiddenCharacterWidget(match[0]) }),
});

const spaceMatcher = new MatchDecorator({
  regexp: /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g,
  decoration: Decoration.mark({
    class: "cm-unusual-space",
    attributes: { title: "A space that is not the ordinary one" },
  }),
});

function decorateWith(matcher: MatchDecorator) {
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = matcher.createDeco(view);
      }
      update(update: ViewUpdate) {
        this.decorations = matcher.updateDeco(update, this.decorations);
      }
    },
    {
      decorations: (plugin) => plugin.decorations,
      provide: (plugin) =>
        EditorView.atomicRanges.of((view) => view.plugin(plugin)?.decorations ?? Decoration.none),
    },
  );
}

/** Makes invisible characters visible as small labels, and marks spaces that only look like one. */
export const hiddenCharacterMarks = [decorateWith(hiddenMatcher), decorateWith(spaceMatcher)];
