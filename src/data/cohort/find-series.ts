import { join } from 'node:path';
import { InputError } from '../../contracts/input-error.ts';
import { brokenLinkIn } from '../../files/reason.ts';
import { isNifti, type BidsName } from './bids-name.ts';
import { belongsTo, bidsFilesBelow } from './files-below.ts';
import { inheritedFile } from './inherited-file.ts';
import type { Place } from './shortcoming.ts';

export interface Series {
  readonly images: readonly string[];
  readonly bvals: readonly string[];
  /** Sidecar of the first image. */
  readonly json: string | undefined;
}

/**
 * Finds the diffusion series of a session: the files in its folder `dwi` that end in `_dwi`. Runs are concatenated into one
 * series; files that differ otherwise are separate series, of which `wanted` must select one.
 * @throws InputError if there is none, more than one, or no b-values
 */
export function findSeries(root: string, place: Place, wanted: readonly string[]): Series {
  const folder = join(root, place.subject, place.session, 'dwi');
  const all = bidsFilesBelow(folder).filter(
    (name) => name.suffix === 'dwi' && isNifti(name) && belongsTo(name, place),
  );
  const chosen = all.filter((name) =>
    wanted.every((part) => (part === PLAIN ? isPlain(name) : has(name.entities, part))),
  );
  if (chosen.length === 0) {
    const parts = wanted.map((part) => (part === PLAIN ? 'no further part' : part)).join(', ');
    const link = brokenLinkIn(folder);
    if (link !== undefined) throw new InputError(`${link} is a link to a folder that is not there`);
    const asked = wanted.length > 0 && all.length > 0 ? ` with ${parts} in its name` : '';
    throw new InputError(`there is no image${asked} (no ${stem(place)}_dwi.nii.gz in ${folder})`);
  }
  const kinds = new Set(chosen.map(seriesOf));
  if (kinds.size > 1) {
    throw new InputError(
      `${folder} has ${kinds.size} series (${[...kinds].join('; ')}); name what tells the right one apart, as in \`series: [acq-ivim]\`, or \`series: [${PLAIN}]\` for the one with no further part`,
    );
  }
  const bvals = chosen.map((name) => {
    const bval = inheritedFile(name, '.bval', root);
    if (bval !== undefined) return bval;
    throw new InputError(`${name.file} has no .bval beside it or above it in the data set`);
  });
  return {
    images: chosen.map(({ file }) => file),
    bvals: new Set(bvals).size === 1 ? [bvals[0]] : bvals,
    json: inheritedFile(chosen[0], '.json', root),
  };
}

/** The word that selects a series whose name contains only subject, session and run. */
const PLAIN = 'plain';

const stem = ({ subject, session }: Place): string => [subject, session].filter(Boolean).join('_');

function has(entities: ReadonlyMap<string, string>, part: string): boolean {
  const dash = part.indexOf('-');
  return entities.get(part.slice(0, dash)) === part.slice(dash + 1);
}

/** Describes the entities that identify a series. */
function seriesOf(name: BidsName): string {
  const parts = furtherParts(name);
  return parts.length > 0 ? parts.map(([key, value]) => `${key}-${value}`).join(' ') : 'no further part';
}

const furtherParts = ({ entities }: BidsName): [string, string][] =>
  [...entities].filter(([key]) => !['sub', 'ses', 'run'].includes(key));

const isPlain = (name: BidsName): boolean => furtherParts(name).length === 0;
