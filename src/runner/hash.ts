import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/** Returns the SHA-256 of plain data, independent of the order of keys: the first 128 bits in hexadecimal. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);
}
