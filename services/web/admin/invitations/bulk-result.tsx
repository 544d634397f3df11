import { CircleCheck, Download } from "lucide-react";
import type { BulkResult } from "../../../shared/contracts/invitation-studio.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { plural } from "../../ui/time-words.ts";
import { linksAsCsv } from "./bulk-input.ts";

export interface BulkResultProps {
  result: BulkResult;
  wasSent: boolean;
  onAgain: () => void;
}

export function BulkResultView({ result, wasSent, onAgain }: BulkResultProps) {
  const { created, leftOut } = result;
  const csv = `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${linksAsCsv(created)}`)}`;
  return (
    <Card data-testid="bulk-result">
      <EmptyState
        icon={<CircleCheck aria-hidden size={30} className="text-accent" />}
        title={`${created.length} ${plural(created.length, "candidate")} invited`}
        actions={
          <>
            <Button onPress={onAgain}>Another table</Button>
            <LinkButton href={csv} download="invitations.csv" data-testid="bulk-links">
              <Download aria-hidden size={16} /> Links as CSV
            </LinkButton>
            <LinkButton variant="primary" href="/admin">
              To the board
            </LinkButton>
          </>
        }
      >
        {leftOut.length > 0 ? <p>{leftOut.length} left out, as you chose.</p> : null}
        <p>
          {wasSent
            ? "Their e-mails are on the way; the board says when one could not be delivered."
            : "No e-mail was sent: download the links and pass each to its candidate alone."}
        </p>
      </EmptyState>
    </Card>
  );
}
