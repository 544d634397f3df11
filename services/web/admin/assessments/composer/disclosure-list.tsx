import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useRef } from "react";
import { Button, IconButton } from "../../../ui/button.tsx";
import { TextArea } from "../../../ui/field.tsx";
import type { GapAt } from "./gaps.ts";

export interface DisclosureListProps {
  items: readonly string[];
  onChange: (items: string[]) => void;
  gapAt: GapAt;
}

const MOST = 50;

/** Sentences in an order that can be changed. */
export function DisclosureList({ items, onChange, gapAt }: DisclosureListProps) {
  const list = useRef<HTMLUListElement>(null);
  const add = () => {
    onChange([...items, ""]);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>("li:last-child textarea")?.focus());
  };
  const swap = (index: number, other: number) => {
    const next = [...items];
    [next[index], next[other]] = [next[other]!, next[index]!];
    onChange(next);
  };
  const gap = gapAt("disclosures");
  return (
    <div className="flex flex-col gap-3">
      <ul ref={list} aria-label="Sentences" className="flex flex-col gap-2.5">
        {items.map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sentences have no identity but their place
          <li key={index} className="flex items-start gap-1.5" data-path={`disclosures.${index}`}>
            <div className="min-w-0 flex-1">
              <TextArea
                label={<span className="sr-only">Sentence {index + 1}</span>}
                rows={1}
                grows
                value={text}
                maxLength={2000}
                onChange={(next) => onChange(items.map((old, other) => (other === index ? next : old)))}
                error={gapAt(`disclosures.${index}`)}
                className="gap-0!"
                data-testid={`disclosure-${index}`}
              />
            </div>
            <span className="flex pt-1 max-sm:flex-col">
              <IconButton
                label={`Move sentence ${index + 1} up`}
                size="small"
                isDisabled={index === 0}
                onPress={() => swap(index, index - 1)}
              >
                <ArrowUp aria-hidden size={15} />
              </IconButton>
              <IconButton
                label={`Move sentence ${index + 1} down`}
                size="small"
                isDisabled={index === items.length - 1}
                onPress={() => swap(index, index + 1)}
              >
                <ArrowDown aria-hidden size={15} />
              </IconButton>
              <IconButton
                label={`Remove sentence ${index + 1}`}
                size="small"
                onPress={() => onChange(items.filter((_, other) => other !== index))}
              >
                <Trash2 aria-hidden size={15} />
              </IconButton>
            </span>
          </li>
        ))}
      </ul>
      {gap ? <p className="text-[0.867rem] text-danger">{gap}</p> : null}
      <div>
        <Button size="small" onPress={add} isDisabled={items.length >= MOST} data-testid="add-disclosure">
          <Plus aria-hidden size={15} />
          Add a sentence
        </Button>
      </div>
    </div>
  );
}
