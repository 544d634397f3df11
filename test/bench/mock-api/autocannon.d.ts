/** The part of autocannon that the benches use; the package has no types of its own. */
declare module "autocannon" {
  export interface LoadResult {
    /** Seconds. */
    duration: number;
    errors: number;
    "2xx": number;
    "4xx": number;
  }
  export default function autocannon(options: {
    url: string;
    method: string;
    headers: Record<string, string>;
    body?: string;
    connections: number;
    /** Seconds. */
    duration: number;
  }): Promise<LoadResult>;
}
