import type { LobbyOffers } from "../../../shared/contracts/candidate.ts";
import type { ModelOffer } from "../../../shared/contracts/models.ts";
import type { PackageOffer } from "../../../shared/contracts/packages.ts";
import { formatCount, formatUsd } from "../../ui/money-words.ts";
import { ModelName } from "../models/model-name.tsx";

/** What there is to call and to install, told before the start. */
export function OffersText({ offers }: { offers: LobbyOffers }) {
  return (
    <div className="space-y-3" data-testid="lobby-offers">
      {offers.models.map((offer) => (
        <ModelOfferText key={offer.line} offer={offer} />
      ))}
      {offers.models.length > 0 ? (
        <p>
          Address and key are set in your workspace, and what a call costs is taken from the budget. The
          practice workspace has no models.
        </p>
      ) : null}
      {offers.packages.map((offer) => (
        <PackageOfferText key={offer.ecosystem} offer={offer} />
      ))}
    </div>
  );
}

function ModelOfferText({ offer }: { offer: ModelOffer }) {
  const budget = `${formatUsd(offer.limitUsd)}${
    offer.limitTokens === null ? "" : ` and ${formatCount(offer.limitTokens)} tokens`
  }`;
  const isAssistant = offer.line === "assistant";
  return (
    <div>
      <p>
        {isAssistant
          ? "There is a coding assistant in the terminal. It has a budget of its own, "
          : "Your programs can call language models, with a budget of "}
        <strong className="font-[620] text-ink">{budget}</strong>:
      </p>
      <ul className="mt-1 list-disc space-y-1 pl-5 marker:text-ink-faint">
        {offer.models.map((model) => (
          <li key={model.alias}>
            <ModelName model={model} />
          </li>
        ))}
      </ul>
    </div>
  );
}

const ECOSYSTEMS: Record<PackageOffer["ecosystem"], string> = {
  pypi: "Python packages can be installed with pip",
  npm: "Node packages can be installed with npm",
};
const LISTED = 12;

function PackageOfferText({ offer: { ecosystem, allow, deny } }: { offer: PackageOffer }) {
  return (
    <div>
      <p>
        {ECOSYSTEMS[ecosystem]}: {allow.length > 0 ? "only" : deny.length > 0 ? "all but" : "all."}{" "}
        <PackageNames names={allow.length > 0 ? allow : deny} />
      </p>
      {allow.length > 0 && deny.length > 0 ? (
        <p>
          Of these, not <PackageNames names={deny} />
        </p>
      ) : null}
    </div>
  );
}

function PackageNames({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null;
  const list = (some: readonly string[]) => (
    <code className="font-mono text-[0.87rem] break-words text-ink">{some.join(", ")}</code>
  );
  if (names.length <= LISTED) return list(names);
  return (
    <>
      {list(names.slice(0, LISTED))} and {names.length - LISTED} more.
      <details className="mt-1">
        <summary className="cursor-pointer rounded">All {names.length}</summary>
        {list(names)}
      </details>
    </>
  );
}

/** What using them leaves behind: always told where there are any, whatever else is disclosed. */
export function recordedOf({ models, packages }: LobbyOffers): string[] {
  return [
    ...(models.length > 0
      ? [
          "Every call to a language model is recorded, with what was sent and what was answered, and read by reviewers. Your name and e-mail address are replaced in what they read.",
        ]
      : []),
    ...(packages.length > 0
      ? ["Which packages you install, in which versions, is recorded and seen by reviewers."]
      : []),
  ];
}
