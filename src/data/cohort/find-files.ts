import { existsSync } from 'node:fs';
import { InputError } from '../../contracts/input-error.ts';
import type { Drawing, RegionMap, SessionFiles, Shortcoming } from './cohort.ts';
import type { Found } from './find-bids.ts';
import { foldedName } from '../../files/plain-name.ts';
import { labelNames, readLabelNames } from './label-names.ts';
import { noting, type Place } from './shortcoming.ts';
import type { FileRow } from './source.ts';

/**
 * Reads the sessions from a table of files.
 * @throws InputError if a session occurs twice
 */
export async function findFiles(rows: readonly FileRow[]): Promise<Found> {
  const missing: Shortcoming[] = [];
  const sessions: SessionFiles[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const { subject, session, images, bval, truth = {}, field, sigma } = row;
    const name = session === '' ? `subject ${subject}` : `subject ${subject} session ${session}`;
    if (seen.has(foldedName(name))) throw new InputError(`${name} occurs twice in the table of files`);
    seen.add(foldedName(name));
    const place: Place = { subject, session, name };
    const drawings = await drawingsOf(row, place, missing);
    const known = { ...(field === undefined ? {} : { field }), ...(sigma === undefined ? {} : { sigma }) };
    sessions.push({ ...place, images, bvals: [bval], drawings, truth, ...known });
  }
  return { sessions, subjects: [...new Set(rows.map(({ subject }) => subject))], missing, notes: [] };
}

async function drawingsOf(row: FileRow, place: Place, missing: Shortcoming[]): Promise<Drawing[]> {
  const drawings: Drawing[] = [];
  for (const [reader, drawn] of Object.entries(row.masks)) {
    const maps: RegionMap[] = [];
    if (typeof drawn === 'string') {
      const details = { reader, file: drawn };
      const regions = await noting(missing, place, 'drawing', details, () => namesFor(drawn, row, place));
      if (regions) maps.push({ file: drawn, regions });
    } else {
      maps.push(...Object.entries(drawn).map(([regions, file]) => ({ file, regions })));
    }
    if (maps.length > 0) drawings.push({ reader, maps });
  }
  return drawings;
}

/** Returns the names of a label map's numbers: from the row, or from the table next to the map. */
async function namesFor(
  file: string,
  { labels }: FileRow,
  place: Place,
): Promise<ReadonlyMap<number, string>> {
  if (typeof labels === 'string') return readLabelNames(labels);
  if (labels !== undefined) return labelNames(labels, `labels of ${place.name}`);
  const beside = file.replace(/\.nii(\.gz)?$/, '.tsv');
  if (beside !== file && existsSync(beside)) return readLabelNames(beside);
  throw new InputError(`${file} has no table of names; give \`labels\`, or put ${beside} next to it`);
}
