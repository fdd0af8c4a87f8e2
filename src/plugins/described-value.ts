const LONGEST = 40;

/** What a plug-in returned, for a message: `undefined`, `the number 5`, `a list of 2`, `an object with x, y`. */
export function describedValue(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'string') {
    const text = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
    return `the text ${JSON.stringify(text)}`;
  }
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value instanceof Promise) return 'a promise';
  if (typeof value !== 'object') return `a ${typeof value}`;
  const kind = value.constructor?.name ?? 'Object';
  if (kind !== 'Object') return `a ${kind}`;
  const keys = Object.keys(value);
  const more = keys.length > 5 ? ', …' : '';
  return keys.length === 0 ? 'an empty object' : `an object with ${keys.slice(0, 5).join(', ')}${more}`;
}
