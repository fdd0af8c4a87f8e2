/**
 * Returns JSON of plain data that does not depend on the order of keys. Entries that are `undefined` are omitted, as by
 * `JSON.stringify`.
 * @throws TypeError for values that JSON can't represent: NaN and infinities would all become `null`, and so the same key
 */
export function canonicalJson(value: unknown): string {
  if (isLeaf(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (isMapping(value)) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`;
  }
  const what = typeof value === 'number' ? String(value) : typeof value;
  throw new TypeError(`${what} can't be part of a key; allowed: plain data`);
}

/** Returns the first part that `canonicalJson` refuses, and its path below `path`: `input.fitter.settings[2]`. */
export function notPlain(
  value: unknown,
  path: string,
): { readonly path: string; readonly value: unknown } | undefined {
  if (isLeaf(value)) return undefined;
  if (!Array.isArray(value) && !isMapping(value)) return { path, value };
  for (const [key, entry] of Object.entries(value)) {
    if (entry === undefined && !Array.isArray(value)) continue;
    const found = notPlain(entry, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
    if (found) return found;
  }
  return undefined;
}

const isMapping = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const isLeaf = (value: unknown): boolean =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
