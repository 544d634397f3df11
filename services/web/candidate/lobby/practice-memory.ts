const key = (invitationId: string) => `worksample-practised-${invitationId}`;

/** Whether the practice workspace was opened in this browser; a hint only, so storage may fail. */
export function hasPractised(invitationId: string): boolean {
  try {
    return localStorage.getItem(key(invitationId)) !== null;
  } catch {
    return false;
  }
}

export function rememberPractice(invitationId: string): void {
  try {
    localStorage.setItem(key(invitationId), "1");
  } catch {
    // Without storage the lobby only goes on suggesting the practice.
  }
}
