/** The part of autocannon that the benches use; the package has no types of its own. */
declare module "autocannon" {
  export interface LoadResult {
    /** Seconds. */
    duration: number;
    /** Requests without an answer. */
    errors: number;
    /** By status. */
    statusCodeStats: Record<string, { count: number }>;
  }
  export default function autocannon(options: {
    url: string;
    method: string;
    headers: Record<string, string>;
    /** One after the other; what they leave out comes from above. */
    requests: { setupRequest: (request: object) => object }[];
    connections: number;
    /** Seconds. */
    duration: number;
  }): Promise<LoadResult>;
}
