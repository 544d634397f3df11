/** The part of js-yaml that is used here; the package brings no types. */
declare module "js-yaml" {
  export interface LoaderState {
    input: string;
    position: number;
    result: unknown;
    /** Of the node that closes. */
    anchor: string | null;
  }
  export interface LoadOptions {
    schema?: Schema;
    maxDepth?: number;
    maxTotalMergeKeys?: number;
    listener?: (event: "open" | "close", state: LoaderState) => void;
  }
  export class Schema {
    extend(types: readonly Type[]): Schema;
  }
  export class Type {
    constructor(tag: string, options: { kind: "mapping"; construct?: (data: unknown) => unknown });
  }
  export class YAMLException extends Error {
    reason: string;
    mark?: { line: number; column: number; position: number };
  }
  export const CORE_SCHEMA: Schema;
  export const types: { merge: Type };
  export function load(text: string, options?: LoadOptions): unknown;
}
