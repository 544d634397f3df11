/** Dollars: `$1,234.50`, `$0.0042` below a cent with two digits that count, `under $0.0001` where there are none. */
export function formatUsd(usd: number): string {
  if (usd > 0 && usd < 0.0001) return "under $0.0001";
  const digits = usd > 0 && usd < 0.01 ? 4 : 2;
  return `$${usd.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** `1,234`. */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}
