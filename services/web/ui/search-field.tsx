import { Search, X } from "lucide-react";
import type { Ref } from "react";
import { SearchField as AriaSearchField, Button, Input } from "react-aria-components";
import { classNames } from "./class-names.ts";

export interface SearchFieldProps {
  /** Its accessible name; there is no label in sight, only the placeholder. */
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  inputRef?: Ref<HTMLInputElement>;
  size?: "small" | "medium";
  className?: string;
  "data-testid"?: string;
}

/** Narrows a list while one types. Escape empties it. */
export function SearchField({ label, placeholder, value, onChange, inputRef, ...rest }: SearchFieldProps) {
  const small = rest.size === "small";
  return (
    <AriaSearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      className={classNames("group relative flex items-center", rest.className)}
    >
      <Search aria-hidden size={15} className="pointer-events-none absolute left-2.5 text-ink-faint" />
      <Input
        ref={inputRef}
        placeholder={placeholder ?? label}
        data-testid={rest["data-testid"]}
        className={classNames(
          "w-full rounded-lg border border-line-strong bg-surface pr-8 pl-8 text-ink placeholder:text-ink-faint",
          "data-hovered:border-ink-soft focus:outline-2 focus:outline-offset-1 focus:outline-accent",
          "[&::-webkit-search-cancel-button]:hidden",
          small ? "h-8 text-[0.867rem]" : "h-10",
        )}
      />
      <Button className="absolute right-1.5 grid size-6 place-items-center rounded text-ink-faint group-data-empty:hidden data-hovered:text-ink">
        <X aria-hidden size={14} />
      </Button>
    </AriaSearchField>
  );
}
