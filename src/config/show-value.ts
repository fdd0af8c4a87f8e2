import { oneOrMore } from '../wording/counted.ts';

const LONGEST = 60;

/** Formats a value for a message: short, on one line. */
export function showValue(value: unknown): string {
  const text = written(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function written(value: unknown): string {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) {
    const shown = value.slice(0, 12).map(written);
    return `[${[...shown, ...(value.length > 12 ? ['…'] : [])].join(', ')}]`;
  }
  if (typeof value === 'object') {
    const keys = Object.keys(value);
    if (keys.length === 0) return 'an empty mapping';
    return `a mapping with the ${oneOrMore(keys.length, 'key', 'keys')} ${keys.join(', ')}`;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;
}
