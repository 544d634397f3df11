import type { z } from "zod";
import type { CreateInvitationResponse } from "../../shared/contracts/admin.ts";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { formatInstant, timeZoneName } from "../ui/time-words.ts";

export interface InviteResultProps {
  answer: z.infer<typeof CreateInvitationResponse>;
  name: string;
  /** Where the mail with the link goes; null when none was asked for. */
  sentTo: string | null;
  onClose: () => void;
  onAgain: () => void;
}

export function InviteResult({ answer, name, sentTo, onClose, onAgain }: InviteResultProps) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="medium"
      title={`${name} is invited`}
      data-testid="invite-result"
      footer={
        <>
          <Button onPress={onAgain}>Invite another</Button>
          <Button variant="primary" onPress={onClose}>
            Done
          </Button>
        </>
      }
    >
      <p>
        {sentTo
          ? `An e-mail with this personal link is on its way to ${sentTo}.`
          : `Send this personal link to ${name}.`}{" "}
        Whoever has it can take the assessment, so send it to nobody else.
      </p>
      <CodeBlock code={answer.link} label="the personal link" wrap className="mt-4 break-all" />
      <p className="mt-3 text-[0.9rem]">
        It can be started until {formatInstant(answer.expiresAt)} {timeZoneName(answer.expiresAt)}. Opening it
        does not start the clock. You find it again on the board.
      </p>
    </Dialog>
  );
}
