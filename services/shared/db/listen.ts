import pg from "pg";

export interface Listener {
  close(): Promise<void>;
}

/**
 * Calls `onNotify` for each notification on `channel`. Reconnects by itself and then calls `onReconnect`, since
 * notifications sent meanwhile are lost.
 */
export async function listen(
  url: string,
  channel: "outbox" | "attempt_changed" | "studio_changed",
  onNotify: (payload: string) => void,
  onReconnect: () => void = () => {},
): Promise<Listener> {
  let closed = false;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: url,
      application_name: `worksample-listen-${channel}`,
      keepAlive: true,
    });
    next.on("notification", (message) => onNotify(message.payload ?? ""));
    next.on("error", () => {});
    next.on("end", () => {
      if (!closed && client === next) scheduleReconnect();
    });
    await next.connect();
    await next.query(`listen ${channel}`);
    client = next;
  }

  function scheduleReconnect(): void {
    retry = setTimeout(() => {
      connect().then(onReconnect, () => {
        if (!closed) scheduleReconnect();
      });
    }, 500);
  }

  await connect();
  return {
    async close() {
      closed = true;
      clearTimeout(retry);
      await client?.end().catch(() => {});
    },
  };
}
