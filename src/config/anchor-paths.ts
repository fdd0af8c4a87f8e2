import { resolve } from 'node:path';
import { isMap, isScalar, isSeq } from 'yaml';
import { isPath } from '../plugins/kept-name.ts';
import type { Setting } from './apply-set.ts';
import { isProtocolPath } from './read-protocol.ts';

/**
 * Resolves paths of fitters and protocols in a `--set` relative to the current folder; those in a config are relative to its
 * folder.
 */
export function anchorPaths({ path, value }: Setting): void {
  if (path[0] === 'protocol' || path[0] === 'protocols') {
    for (const protocol of isSeq(value) ? value.items : [value]) anchor(protocol, isProtocolPath);
  }
  if (path[0] !== 'fitters') return;
  if (path.length === 1 && isSeq(value)) value.items.forEach(anchorReference);
  if (path.length === 2 || path.at(-1) === 'use') anchorReference(value);
}

function anchorReference(reference: unknown): void {
  anchor(
    isMap(reference) ? reference.get('use', true) : reference,
    (word) => isPath(word) && !word.startsWith('file:'),
  );
}

function anchor(word: unknown, anchored: (word: string) => boolean): void {
  if (isScalar(word) && typeof word.value === 'string' && anchored(word.value))
    word.value = resolve(word.value);
}
