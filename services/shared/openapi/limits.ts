/** What reading one document may cost. A real one of 20 MB stays below all of them. */
export const LIMITS = {
  /** Of the file, or of all files of a zip together once unpacked. */
  bytes: 20 * 1024 * 1024,
  /** Of a YAML file: to make values of it takes two to three times as long as of JSON. */
  yamlBytes: 16 * 1024 * 1024,
  files: 1000,
  depth: 100,
  /** Values of all kinds, aliases followed. */
  nodes: 1_500_000,
  /** Further values that aliases and merge keys stand for. */
  aliasedNodes: 100_000,
  operations: 5000,
  references: 200_000,
  patternLength: 2000,
  patterns: 5000,
  /** Sub-schemas that a validator visits for one value: `$ref`, `allOf`, `anyOf` and the like followed. */
  expansion: 5000,
} as const;
