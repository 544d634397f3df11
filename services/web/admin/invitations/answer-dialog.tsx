import { useState } from "react";
import type { z } from "zod";
import type { AdminRequestItem, AnswerRequest } from "../../../shared/contracts/invitation-studio.ts";
import { Banner } from "../../ui/banner.tsx";
import { Checkbox, Select, TextArea, TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { timeZoneName } from "../../ui/time-words.ts";
import { toLocalInput } from "../invite-input.ts";
import { factorsWith } from "../invite-options.ts";
import { RequestFacts } from "./request-facts.tsx";

type Answer = z.input<typeof AnswerRequest>;

export interface AnswerDialogProps {
  request: AdminRequestItem;
  isMailConfigured: boolean;
  onClose: () => void;
  onAnswer: (answer: Answer) => void;
  isPending: boolean;
  error: unknown;
}

const WEEK_MS = 7 * 24 * 3600_000;

export function AnswerDialog({ request, isMailConfigured, onClose, onAnswer, ...state }: AnswerDialogProps) {
  const [decision, setDecision] = useState<Answer["decision"]>(request.canGrant ? "grant" : "decline");
  const [expiresAt, setExpiresAt] = useState(() => toLocalInput(proposedEnd(request, new Date())));
  const [factor, setFactor] = useState(String(Math.max(1.25, request.extraTimeFactor)));
  const [answer, setAnswer] = useState("");
  const [sendEmail, setSendEmail] = useState(true);
  const [wasTried, setTried] = useState(false);
  const lacksWords = decision === "decline" && answer.trim() === "";
  const submit = () => {
    setTried(true);
    if (lacksWords || (decision === "grant" && expiresAt === "")) return;
    const common = { answer: answer.trim(), sendEmail: isMailConfigured && sendEmail };
    if (decision === "decline") return onAnswer({ decision, ...common });
    const granted =
      request.kind === "new_date"
        ? { expiresAt: new Date(expiresAt).toISOString() }
        : { extraTimeFactor: Number(factor) };
    onAnswer({ decision, ...granted, ...common });
  };
  return (
    <FormDialog
      title={`Answer ${request.candidateName}`}
      confirmLabel={decision === "grant" ? "Grant" : "Decline"}
      onClose={onClose}
      onSubmit={submit}
      name="answer"
      {...state}
    >
      <div className="rounded-lg border border-line bg-sunken px-4 py-3 text-[0.933rem]">
        <RequestFacts request={request} hidesState />
      </div>
      {request.canGrant ? (
        <Segmented
          label="Your answer"
          value={decision}
          onChange={setDecision}
          className="self-start"
          options={[
            { value: "grant", label: "Grant" },
            { value: "decline", label: "Decline" },
          ]}
        />
      ) : (
        <Banner tone="warn" title="It can only be declined">
          The candidate has started, or the invitation was revoked.
        </Banner>
      )}
      {decision === "grant" ? (
        request.kind === "new_date" ? (
          <TextField
            label="Can be started until"
            description={timeZoneName(new Date().toISOString())}
            type="datetime-local"
            value={expiresAt}
            onChange={setExpiresAt}
            error={expiresAt === "" ? "Enter a date and time." : null}
            data-testid="answer-expires"
          />
        ) : (
          <Select
            label="Extra time"
            description="Reviewers never see it."
            options={factorsWith(Number(factor)).filter(({ value }) => value !== "1")}
            value={factor}
            onChange={setFactor}
            data-testid="answer-factor"
          />
        )
      ) : null}
      <TextArea
        label={decision === "grant" ? "A word with it" : "Why not"}
        description={decision === "grant" ? "The candidate reads it; optional." : "The candidate reads it."}
        rows={3}
        maxLength={2000}
        value={answer}
        onChange={setAnswer}
        error={wasTried && lacksWords ? "Say why, in a sentence or two." : null}
        data-testid="answer-text"
      />
      {isMailConfigured ? (
        <Checkbox isSelected={sendEmail} onChange={setSendEmail}>
          Send the answer by e-mail as well
        </Checkbox>
      ) : null}
    </FormDialog>
  );
}

/** The evening of the day they hope for, or a week later than now. */
function proposedEnd({ wantedDate, expiresAt }: AdminRequestItem, now: Date): Date {
  const wanted = wantedDate === null ? null : new Date(`${wantedDate}T23:59:00`);
  if (wanted && wanted > now) return wanted;
  return new Date(Math.max(Date.parse(expiresAt), now.getTime()) + WEEK_MS);
}
