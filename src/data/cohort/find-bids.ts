import { existsSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { InputError } from '../../contracts/input-error.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { isLink } from '../../files/reason.ts';
import { isMissing } from '../read-text.ts';
import { isNifti } from './bids-name.ts';
import type { SessionFiles, Shortcoming } from './cohort.ts';
import { belongsTo, bidsFilesBelow } from './files-below.ts';
import { findDrawings } from './find-drawings.ts';
import { findSeries } from './find-series.ts';
import { noting, shortcoming, type Place } from './shortcoming.ts';
import { readSidecar } from './sidecar.ts';
import type { BidsSource } from './source.ts';
import { readTabTable } from './tab-table.ts';

/** The files that were found; no image has been read yet. */
export interface Found {
  readonly sessions: readonly SessionFiles[];
  /** Every subject and session mentioned anywhere, complete or not. */
  readonly subjects: readonly string[];
  readonly missing: readonly Shortcoming[];
  readonly notes: readonly string[];
}

/**
 * Finds the diffusion series of a BIDS data set, the drawn regions and, in simulated data, the true maps.
 * @throws InputError if the folder does not exist or has no subject
 */
export async function findBids(source: BidsSource): Promise<Found> {
  const root = resolve(source.folder);
  const subjects = subjectFolders(root, source.folder);
  const missing: Shortcoming[] = [];
  const notes: string[] = [];
  if (!existsSync(join(root, 'dataset_description.json'))) {
    notes.push(`${source.folder} has no dataset_description.json, which BIDS requires`);
  }
  const broken = brokenLinks(root, 'sub-');
  for (const subject of broken) {
    missing.push(linkToNowhere({ subject, session: '', name: subject }, join(root, subject)));
  }
  notes.push(
    ...readdirSync(root)
      .filter(
        (name) =>
          /^sub-[0-9a-zA-Z]+$/.test(name) && statSync(join(root, name), { throwIfNoEntry: false })?.isFile(),
      )
      .map(
        (name) => `${join(root, name)} is a file (a link that a copy did not keep?), not a folder: skipped`,
      ),
  );
  const listed = await participants(root, missing, notes, [...subjects, ...broken]);
  const within = (folder: string) => (isAbsolute(folder) ? folder : join(root, folder));
  const [readers, truth] = [within(source.readers), within(source.truth)];
  if (!existsSync(readers)) notes.push(`there is no folder ${readers}: no regions are drawn`);

  const sessions: SessionFiles[] = [];
  for (const subject of subjects) {
    for (const link of brokenLinks(join(root, subject), 'ses-')) {
      missing.push(
        linkToNowhere({ subject, session: link, name: `${subject} ${link}` }, join(root, subject, link)),
      );
    }
    for (const session of sessionFolders(root, subject)) {
      const name = session === '' ? subject : `${subject} ${session}`;
      const place: Place = { subject, session, name };
      const files = await noting(missing, place, 'session', {}, () => findSeries(root, place, source.series));
      if (!files) continue;
      const { images, bvals, json } = files;
      const drawings = await findDrawings(readers, place, missing);
      const { note, ...facts } = await readSidecar(json);
      if (note !== undefined) notes.push(`${name}: ${note}`);
      sessions.push({ ...place, images, bvals, drawings, truth: trueMaps(truth, place), ...facts });
    }
  }
  return { sessions, subjects: [...new Set([...listed, ...subjects, ...broken])].sort(), missing, notes };
}

function subjectFolders(root: string, given: string): string[] {
  if (!existsSync(root)) throw new InputError(`${given}: there is no such folder`);
  if (!statSync(root).isDirectory()) {
    throw new InputError(`${given} is a file; allowed: a folder in BIDS layout`);
  }
  const subjects = foldersIn(root, 'sub-');
  if (subjects.length > 0) return subjects;
  throw new InputError(`${given} has no folders sub-…; allowed: a folder in BIDS layout`);
}

/** Returns `ses-…`, or '' if there are none. */
function sessionFolders(root: string, subject: string): string[] {
  const sessions = foldersIn(join(root, subject), 'ses-');
  return sessions.length > 0 ? sessions : [''];
}

function foldersIn(folder: string, start: string): string[] {
  return readdirSync(folder)
    .filter(
      (name) =>
        name.startsWith(start) && statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory(),
    )
    .sort();
}

/** Finds broken links: targets on a disk that is not mounted, or not fetched by git-annex. */
function brokenLinks(folder: string, start: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(start) && !existsSync(join(folder, name)))
    .sort();
}

const linkToNowhere = (place: Place, file: string): Shortcoming =>
  shortcoming(place, 'session', `${file} is a link to a folder that is not there`, { file });

/** Returns the subjects in participants.tsv. */
async function participants(
  root: string,
  missing: Shortcoming[],
  notes: string[],
  found: readonly string[],
): Promise<string[]> {
  const file = join(root, 'participants.tsv');
  if (!existsSync(file)) {
    if (isLink(file)) notes.push(`${file} is a link to a file that is not there; it is ignored`);
    return [];
  }
  const listed = (await readTabTable(file, ['participant_id']))
    .map(({ cells }) => cells['participant_id'])
    .filter((subject) => !isMissing(subject));
  for (const subject of listed) {
    if (found.includes(subject)) continue;
    const place = { subject, session: '', name: subject };
    missing.push(shortcoming(place, 'session', `there is no such folder, but ${file} lists it`, { file }));
  }
  const unlisted = found.filter((subject) => !listed.includes(subject));
  if (unlisted.length > 0) notes.push(`${file} does not list ${unlisted.join(', ')}`);
  return listed;
}

/** Finds true maps: `…_param-D_dwimap.nii.gz` and so on. */
function trueMaps(root: string, place: Place): SessionFiles['truth'] {
  const maps = bidsFilesBelow(join(root, place.subject, place.session)).filter(
    (name) => name.suffix === 'dwimap' && isNifti(name) && belongsTo(name, place),
  );
  const wanted = ['S0', ...PARAMETERS] as const;
  return Object.fromEntries(
    wanted.flatMap((parameter) => {
      const map = maps.find(({ entities }) => entities.get('param') === parameter);
      return map ? [[parameter, map.file]] : [];
    }),
  );
}
