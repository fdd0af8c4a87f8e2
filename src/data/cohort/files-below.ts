import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bidsName, type BidsName } from './bids-name.ts';
import type { Place } from './shortcoming.ts';

const inNaturalOrder = new Intl.Collator('en', { numeric: true }).compare;

/**
 * Lists the files with BIDS names anywhere below a folder, `run-2` before `run-10`. Hidden files are skipped. Links to
 * folders are not followed: two to their own folder would be walked for ever.
 */
export function bidsFilesBelow(folder: string): BidsName[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(inNaturalOrder)
    .flatMap((path) => bidsName(path) ?? []);
}

/** Whether a file's name assigns it to a subject's session. */
export function belongsTo(
  { entities }: BidsName,
  { subject, session }: Pick<Place, 'subject' | 'session'>,
): boolean {
  const named = (key: string, folder: string) =>
    folder === '' ? !entities.has(key) : folder === `${key}-${entities.get(key)}`;
  return named('sub', subject) && named('ses', session);
}
