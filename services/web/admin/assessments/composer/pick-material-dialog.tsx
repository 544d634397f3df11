import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { LinkButton } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { SearchField } from "../../../ui/search-field.tsx";
import { EmptyState, ErrorState, SkeletonText } from "../../../ui/states.tsx";
import { type Material, type MaterialKind, materialsQuery } from "./materials-api.ts";

const WORDS = {
  dataset: {
    title: "Add a dataset",
    one: "dataset",
    page: "/admin/datasets",
    none: "No dataset is published yet",
  },
  mock_api: {
    title: "Add a mock API",
    one: "mock API",
    page: "/admin/mock-apis",
    none: "No mock API is published yet",
  },
};

export interface PickMaterialDialogProps {
  kind: MaterialKind;
  onPick: (material: Material) => void;
  onClose: () => void;
}

/** Takes the latest version of something; another can be chosen afterwards. */
export function PickMaterialDialog({ kind, onPick, onClose }: PickMaterialDialogProps) {
  const materials = useQuery(materialsQuery(kind));
  const [search, setSearch] = useState("");
  const words = WORDS[kind];
  const wanted = search.trim().toLowerCase();
  const found = materials.data?.filter(({ title, slug }) =>
    `${title} ${slug}`.toLowerCase().includes(wanted),
  );
  return (
    <Dialog isOpen onClose={onClose} size="medium" title={words.title} data-testid="pick-material">
      {materials.error ? (
        <ErrorState error={materials.error} onRetry={() => void materials.refetch()} />
      ) : found === undefined ? (
        <SkeletonText lines={4} label={`Loading every ${words.one}`} />
      ) : materials.data?.length === 0 ? (
        <EmptyState title={words.none} actions={<LinkButton href={words.page}>Go there</LinkButton>}>
          Publish one first. Your draft is saved; come back to it.
        </EmptyState>
      ) : (
        <>
          <SearchField
            label={`Search for a ${words.one}`}
            value={search}
            onChange={setSearch}
            className="mb-3"
            data-testid="pick-search"
          />
          <ul className="divide-y divide-line rounded-lg border border-line">
            {found.map((material) => (
              <li key={material.id}>
                <button
                  type="button"
                  onClick={() => onPick(material)}
                  data-testid={`pick-${material.id}`}
                  className="flex w-full flex-wrap items-baseline justify-between gap-x-4 px-4 py-3 text-left hover:bg-sunken focus-visible:-outline-offset-2"
                >
                  <span className="font-medium text-ink [overflow-wrap:anywhere]">{material.title}</span>
                  <span className="text-[0.867rem] text-ink-faint">
                    Version {material.latestNumber} · {material.note}
                  </span>
                </button>
              </li>
            ))}
            {found.length === 0 ? <li className="px-4 py-3">Nothing found.</li> : null}
          </ul>
        </>
      )}
    </Dialog>
  );
}
