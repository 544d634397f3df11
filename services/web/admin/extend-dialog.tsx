import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { BoardItem } from "../../shared/contracts/admin.ts";
import { api } from "../api-client/client.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { formatInstant, plural } from "../ui/time-words.ts";
import { showToast } from "../ui/toast.tsx";
import { BOARD_KEY } from "./admin-api.ts";

const PRESETS = [5, 10, 15, 30];
const LONGEST_MINUTES = 24 * 60;

export function ExtendDialog({ item, onClose }: { item: BoardItem; onClose: () => void }) {
  const client = useQueryClient();
  const [minutes, setMinutes] = useState("10");
  const [reason, setReason] = useState("");
  const [wasTried, setTried] = useState(false);
  const attempt = item.attempt!;
  // Sent again after a lost answer it gives nothing more; another amount is another wish.
  const wish = `${minutes} ${reason.trim()}`;
  const idempotencyKey = useMemo(() => (wish ? crypto.randomUUID() : ""), [wish]);
  const count = /^\d{1,4}$/.test(minutes.trim()) ? Number(minutes) : 0;
  const isCountFine = count >= 1 && count <= LONGEST_MINUTES;
  const extending = useMutation({
    mutationFn: () =>
      api.extendAttempt(attempt.id, { seconds: count * 60, reason: reason.trim(), idempotencyKey }),
    onSuccess: (answer) => {
      onClose();
      showToast({
        tone: "good",
        title: `${count} ${plural(count, "minute")} added`,
        text: `${item.candidateName} now has until ${formatInstant(answer.deadlineAt).slice(-5)}.`,
      });
      void client.invalidateQueries({ queryKey: BOARD_KEY });
    },
  });
  const submit = () => {
    setTried(true);
    if (isCountFine && reason.trim() !== "") extending.mutate();
  };
  return (
    <FormDialog
      name="extend"
      title={`Add time for ${item.candidateName}`}
      confirmLabel="Add time"
      onClose={onClose}
      onSubmit={submit}
      isPending={extending.isPending}
      error={extending.error}
    >
      <div>
        <div className="flex items-end gap-2">
          <TextField
            label="Minutes"
            inputMode="numeric"
            value={minutes}
            onChange={setMinutes}
            isInvalid={wasTried && !isCountFine}
            className="w-24"
            data-testid="extend-minutes"
          />
          {PRESETS.map((preset) => (
            <Button key={preset} onPress={() => setMinutes(String(preset))} className="px-3!">
              {preset}
            </Button>
          ))}
        </div>
        {wasTried && !isCountFine ? (
          <p className="mt-1 text-[0.867rem] text-danger">From 1 to {LONGEST_MINUTES} minutes.</p>
        ) : null}
      </div>
      <TextField
        label="Reason"
        description="The candidate reads this."
        placeholder="We had to restart your workspace"
        maxLength={200}
        value={reason}
        onChange={setReason}
        error={wasTried && reason.trim() === "" ? "Say why, in a few words." : null}
        data-testid="extend-reason"
      />
      {attempt.deadlineAt && isCountFine ? <NewEnd deadlineAt={attempt.deadlineAt} minutes={count} /> : null}
    </FormDialog>
  );
}

function NewEnd({ deadlineAt, minutes }: { deadlineAt: string; minutes: number }) {
  const later = new Date(Date.parse(deadlineAt) + minutes * 60_000).toISOString();
  return (
    <p className="rounded-lg border border-line bg-sunken px-3.5 py-2.5 text-[0.933rem] text-ink-soft">
      Ends <strong className="font-[620] text-ink tabular-nums">{formatInstant(later).slice(-5)}</strong>{" "}
      instead of <span className="tabular-nums">{formatInstant(deadlineAt).slice(-5)}</span>. Time that was
      added cannot be taken back.
    </p>
  );
}
