import { resolve } from 'node:path';
import { isMap, isScalar, isSeq } from 'yaml';
import { isPath } from '../plugins/discover.ts';
import type { Setting } from './apply-set.ts';

/** Paths of fitters in a `--set` are relative to the current folder, those in a config to its own. */
export function anchorPaths({ path, value }: Setting): void {
  if (path[0] !== 'fitters') return;
  if (path.length === 1 && isSeq(value)) value.items.forEach(anchorReference);
  if (path.length === 2 || path.at(-1) === 'use') anchorReference(value);
}

function anchorReference(reference: unknown): void {
  const word: unknown = isMap(reference) ? reference.get('use', true) : reference;
  if (!isScalar(word) || typeof word.value !== 'string') return;
  if (isPath(word.value) && !word.value.startsWith('file:')) word.value = resolve(word.value);
}
