const GONE = new Set(["ENOENT", "ENOTDIR", "ELOOP", "EINVAL"]);
const UNREADABLE = new Set(["EIO", "EACCES", "EPERM", "ESTALE", "EUCLEAN", "EBADMSG", "ENXIO", "EOPNOTSUPP"]);

/**
 * Something in a workspace could not be read, for a reason that lies in the workspace: `gone` when somebody removed
 * or replaced it meanwhile. Troubles of the host, such as too many open files, stay what they are and end the
 * capture: they must not make a submission look smaller than it is.
 */
export class WorkspaceReadError extends Error {
  readonly kind: "gone" | "unreadable";
  constructor(kind: "gone" | "unreadable", cause: unknown) {
    super(`a part of the workspace is ${kind}`, { cause });
    this.name = "WorkspaceReadError";
    this.kind = kind;
  }
}

/** Runs system calls on a workspace. @throws WorkspaceReadError, or the error itself when it is the host's */
export function readingWorkspace<Result>(action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw asWorkspaceError(error);
  }
}

export function asWorkspaceError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (GONE.has(code)) return new WorkspaceReadError("gone", error);
  return UNREADABLE.has(code) ? new WorkspaceReadError("unreadable", error) : error;
}
