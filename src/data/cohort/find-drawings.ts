import { join } from 'node:path';
import { InputError } from '../../contracts/input-error.ts';
import { isNifti, type BidsName } from './bids-name.ts';
import type { Drawing, RegionMap, Shortcoming } from './cohort.ts';
import { belongsTo, bidsFilesBelow } from './files-below.ts';
import { inheritedFile } from './inherited-file.ts';
import { readLabelNames } from './label-names.ts';
import { noting, type Place } from './shortcoming.ts';

/**
 * Finds the regions drawn in a session: label maps `…_desc-<reader>_dseg.nii.gz` with their table, and masks
 * `…_label-<region>_desc-<reader>_mask.nii.gz`.
 * @param readers folder of the drawings, a data set of its own
 */
export async function findDrawings(
  readers: string,
  place: Place,
  missing: Shortcoming[],
): Promise<readonly Drawing[]> {
  const byReader = new Map<string, RegionMap[]>();
  const files = bidsFilesBelow(join(readers, place.subject, place.session)).filter(
    (name) => (name.suffix === 'dseg' || name.suffix === 'mask') && isNifti(name) && belongsTo(name, place),
  );
  for (const name of files) {
    const reader = name.entities.get('desc');
    const details = { ...(reader === undefined ? {} : { reader }), file: name.file };
    const map = await noting(missing, place, 'drawing', details, () => regionMap(name, reader, readers));
    if (map) byReader.set(reader!, [...(byReader.get(reader!) ?? []), map]);
  }
  return [...byReader].map(([reader, maps]) => ({ reader, maps }));
}

async function regionMap(name: BidsName, reader: string | undefined, root: string): Promise<RegionMap> {
  const { file, suffix, entities } = name;
  if (reader === undefined) {
    throw new InputError(`${file} does not name its reader; allowed: a name with desc-<reader>`);
  }
  if (suffix === 'mask') {
    const region = entities.get('label');
    if (region !== undefined) return { file, regions: region };
    throw new InputError(`${file} does not name its region; allowed: a name with label-<region>`);
  }
  const table = inheritedFile(name, '.tsv', root);
  if (table === undefined) {
    throw new InputError(`${file} has no table of names: no _dseg.tsv beside it or above it in ${root}`);
  }
  return { file, regions: await readLabelNames(table) };
}
