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
    /** One after the other; what they leave out comes from above. */
    requests?: { setupRequest: (request: object) => object }[];
    connections: number;
    /** Seconds. */
    duration: number;
  }): Promise<LoadResult>;
}
