import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { DatasetImportView, ReadingWish } from "../../../shared/contracts/dataset-studio.ts";
import { api } from "../../api-client/client.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Select } from "../../ui/field.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { importQuery } from "./datasets-api.ts";
import { DELIMITER_WORDS, encodingWords } from "./profile-words.ts";

const AUTO = "auto";
const ENCODINGS = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1252",
  "iso-8859-1",
  "iso-8859-15",
  "macintosh",
] as const;
const DELIMITERS = [",", ";", "\t", "|"] as const;

interface Wishes {
  encoding: (typeof ENCODINGS)[number] | typeof AUTO;
  delimiter: (typeof DELIMITERS)[number] | typeof AUTO;
  header: "yes" | "no" | typeof AUTO;
}

/** Reads the same uploads as a new import, with what the reader knows better than the detection. */
export function ReadAgainButton({ view, label }: { view: DatasetImportView; label: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onPress={() => setOpen(true)} data-testid="read-again">
        {label}
      </Button>
      {isOpen ? <ReadAgainDialog view={view} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ReadAgainDialog({ view, onClose }: { view: DatasetImportView; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [wishes, setWishes] = useState<Wishes>(() => wishesOf(view.files[0]?.reading ?? {}));
  const reading = useMutation({
    mutationFn: () => {
      const wish = readingOf(wishes);
      return api.startDatasetImport(view.dataset.id, {
        files: view.files.map(({ uploadId }) => ({ uploadId, reading: wish })),
      });
    },
    onSuccess: (created) => {
      client.setQueryData(importQuery(created.id).queryKey, created);
      void navigate({
        to: "/admin/datasets/$datasetId/imports/$importId",
        params: { datasetId: view.dataset.id, importId: created.id },
      });
    },
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      isBusy={reading.isPending}
      title="Read the files differently"
      data-testid="read-again-dialog"
      footer={
        <>
          <Button onPress={onClose} isDisabled={reading.isPending}>
            Cancel
          </Button>
          <Button
            variant="primary"
            isPending={reading.isPending}
            onPress={() => reading.mutate()}
            data-testid="read-again-confirm"
          >
            Read again
          </Button>
        </>
      }
    >
      <p>For text files whose detection was wrong. A new import starts; this one stays as it is.</p>
      <ReadingFields wishes={wishes} onChange={setWishes} />
      {reading.error ? <ErrorState className="mt-4" error={reading.error} /> : null}
    </Dialog>
  );
}

function ReadingFields({ wishes, onChange }: { wishes: Wishes; onChange: (wishes: Wishes) => void }) {
  const found = { value: AUTO, label: "Find it out" } as const;
  return (
    <div className="mt-4 flex flex-col gap-4 text-ink">
      <Select
        label="Encoding"
        value={wishes.encoding}
        onChange={(encoding) => onChange({ ...wishes, encoding })}
        options={[found, ...ENCODINGS.map((value) => ({ value, label: encodingWords(value) }))]}
      />
      <Select
        label="Values are separated by"
        value={wishes.delimiter}
        onChange={(delimiter) => onChange({ ...wishes, delimiter })}
        options={[found, ...DELIMITERS.map((value) => ({ value, label: DELIMITER_WORDS[value] }))]}
      />
      <Select
        label="The first row"
        value={wishes.header}
        onChange={(header) => onChange({ ...wishes, header })}
        options={[
          found,
          { value: "yes", label: "names the columns" },
          { value: "no", label: "is data like the others" },
        ]}
      />
    </div>
  );
}

function wishesOf(reading: ReadingWish): Wishes {
  return {
    encoding: reading.encoding ?? AUTO,
    delimiter: reading.delimiter ?? AUTO,
    header: reading.header === undefined ? AUTO : reading.header ? "yes" : "no",
  };
}

function readingOf({ encoding, delimiter, header }: Wishes): ReadingWish {
  return {
    ...(encoding === AUTO ? {} : { encoding }),
    ...(delimiter === AUTO ? {} : { delimiter }),
    ...(header === AUTO ? {} : { header: header === "yes" }),
  };
}
