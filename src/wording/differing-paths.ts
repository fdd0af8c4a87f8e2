/** A place at which two plain values differ; `undefined` where one of them has nothing. */
export interface Difference {
  /** Keys from the outside in: `data`, `noise`. */
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** Lists the places at which two plain values differ, key by key; lists are compared as a whole. */
export function differingPaths(before: unknown, after: unknown, path: readonly string[] = []): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isMapping(before) || !isMapping(after)) return [{ path, before, after }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    differingPaths(before[key], after[key], [...path, key]),
  );
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
