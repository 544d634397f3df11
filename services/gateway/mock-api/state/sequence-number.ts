/** More would not be counted exactly. */
const MAX_DIGITS = 15;

/** The number behind the prefix of an identifier; 0 where something else is there, or too long a number. */
export function sequenceNumber(id: string, prefix: string): number {
  const rest = id.startsWith(prefix) ? id.slice(prefix.length) : "";
  return rest.length <= MAX_DIGITS && /^\d+$/.test(rest) ? Number(rest) : 0;
}

/**
 * The highest {@link sequenceNumber} of a table, in SQL.
 * @param source the table, as SQL
 * @param column the column of the identifiers, as SQL; `:prefix` and `:length`, its length, are bound
 */
export function highestSequenceNumber(source: string, column: string): string {
  const rest = `substr(${column}, :length + 1)`;
  return `SELECT ifnull(max(CAST(${rest} AS INTEGER)), 0) AS highest FROM ${source}
    WHERE substr(${column}, 1, :length) = :prefix AND length(${rest}) <= ${MAX_DIGITS} AND ${rest} NOT GLOB '*[^0-9]*'`;
}
