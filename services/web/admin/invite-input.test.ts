import { describe, expect, it } from "vitest";
import { CreateInvitationRequest } from "../../shared/contracts/admin.ts";
import { emptyInvite, readInvite, toLocalInput } from "./invite-input.ts";

const now = new Date("2026-03-01T10:00:00.000Z");
const filled = {
  ...emptyInvite(now, "7a5a1c0e-4a35-4b39-9a54-0d7a52d4a6c1"),
  candidateName: " Ada Byron ",
  candidateEmail: " ada@example.com",
};

describe("readInvite", () => {
  it("makes a request the api accepts, two weeks ahead unless told otherwise", () => {
    const read = readInvite({ ...filled, extraTimeFactor: "1.5" }, now);
    expect(read).toMatchObject({ request: { candidateName: "Ada Byron", extraTimeFactor: 1.5 } });
    const request = "request" in read ? read.request : null;
    expect(CreateInvitationRequest.safeParse(request).success).toBe(true);
    expect(request?.expiresAt).toBe("2026-03-15T10:00:00.000Z");
  });

  it("names every field that is wrong", () => {
    const read = readInvite(
      {
        ...filled,
        assessmentVersionId: null,
        candidateName: " ",
        candidateEmail: "ada",
        expiresAt: "2026-02-01T10:00",
      },
      now,
    );
    expect(Object.keys("errors" in read ? read.errors : {}).sort()).toEqual([
      "assessmentVersionId",
      "candidateEmail",
      "candidateName",
      "expiresAt",
    ]);
    expect(readInvite({ ...filled, expiresAt: "" }, now)).toHaveProperty("errors.expiresAt");
  });

  it("writes times as the field reads them", () => {
    expect(new Date(toLocalInput(now)).getTime()).toBe(now.getTime());
  });
});
