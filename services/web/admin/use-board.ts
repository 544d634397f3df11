import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { BoardView } from "../../shared/contracts/admin.ts";
import { type StreamState, useServerEvents } from "../api-client/event-source.ts";
import { betterOffset } from "../candidate/server-clock.ts";
import { BOARD_KEY, type BoardFilters, boardEventsUrl, boardQuery } from "./admin-api.ts";

export interface LiveBoard {
  board: BoardView | null;
  error: unknown;
  isFetching: boolean;
  refetch: () => void;
  stream: StreamState;
  /** The server's clock minus this machine's, in milliseconds. */
  offsetMs: number;
}

/** The board, kept up to date by the server; while the stream is down it is asked for now and then. */
export function useBoard(filters: BoardFilters): LiveBoard {
  const client = useQueryClient();
  const [stream, setStream] = useState<StreamState>("connecting");
  const query = useQuery({ ...boardQuery(filters), refetchInterval: stream === "live" ? false : 10_000 });
  const isRefused = query.error !== null && query.data === undefined;
  const url = isRefused ? null : boardEventsUrl(filters);
  const state = useServerEvents(url, "board", BoardView, (board) => {
    client.setQueryData(boardQuery(filters).queryKey, board);
  });
  const now = query.data?.now;
  const [offsetMs, setOffset] = useState<number | null>(null);

  useEffect(() => setStream(state), [state]);
  useEffect(() => {
    // A stream says nothing of why it ended: asking once tells a lost session from a lost connection.
    if (state === "lost") void client.invalidateQueries({ queryKey: BOARD_KEY });
  }, [client, state]);
  useEffect(() => {
    if (now) setOffset((before) => betterOffset(before, Date.parse(now) - Date.now()));
  }, [now]);

  return {
    board: query.data ?? null,
    error: query.error,
    isFetching: query.isFetching,
    refetch: () => void query.refetch(),
    stream: state,
    offsetMs: offsetMs ?? 0,
  };
}
