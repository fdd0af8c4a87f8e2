/** What a classifier says of the cases of a set. */
export interface ScoredSet {
  /** As the factor `set` has it. */
  readonly set: 'train' | 'validation' | 'test' | 'population';
  readonly subjects: readonly string[];
  /** 1 for a positive case. */
  readonly positive: readonly number[];
  /** The larger, the likelier positive. */
  readonly scores: readonly number[];
}

export const SCORES = 'scores.json';

export const encodeScores = (sets: readonly ScoredSet[]): Map<string, Uint8Array> =>
  new Map([[SCORES, new TextEncoder().encode(JSON.stringify(sets))]]);

export const decodeScores = (bytes: Uint8Array): ScoredSet[] =>
  JSON.parse(new TextDecoder().decode(bytes)) as ScoredSet[];
