import { useQuery } from "@tanstack/react-query";
import type { ModelKind, ModelPrice } from "../../../../../shared/contracts/models.ts";
import type { SelectOption } from "../../../../ui/field.tsx";
import { priceWords } from "../../../models/model-words.ts";
import { upstreamsQuery } from "../../../models/models-api.ts";

/** A model of this instance, as the composer shows it. */
export interface KnownModel {
  id: string;
  name: string;
  upstreamName: string;
  kind: ModelKind;
  mock: boolean;
  price: ModelPrice | null;
  archived: boolean;
}

/** All models of this instance; null while they are on their way. */
export function useKnownModels() {
  const { data, error, refetch, isFetching } = useQuery(upstreamsQuery);
  const models: KnownModel[] | null =
    data?.items.flatMap((upstream) =>
      upstream.models.map((model) => ({
        id: model.id,
        name: model.name,
        upstreamName: upstream.name,
        kind: model.kind,
        mock: upstream.kind === "mock",
        price: model.price,
        archived: model.archivedAt !== null || upstream.archivedAt !== null,
      })),
    ) ?? null;
  return { models, error, retry: () => void refetch(), isFetching };
}

/** What can be chosen. @param kind only models of this kind; null: of any */
export function modelOptions(models: readonly KnownModel[], kind: ModelKind | null): SelectOption[] {
  return models
    .filter((model) => !model.archived && (kind === null || model.kind === kind))
    .map((model) => ({
      value: model.id,
      label: `${model.name} (${model.upstreamName})`,
      description: model.mock ? "Mock: answers are made up" : priceWords(model.price, model.kind),
    }));
}
