import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../contracts/input-error.ts';
import { gridDifference } from '../../data/cohort/grid.ts';
import { niftiHeaderOf } from '../../data/cohort/nifti-header-of.ts';
import { readTabTable } from '../../data/cohort/tab-table.ts';
import type { NiftiHeader } from '../../data/nifti-header.ts';
import { PARTICIPANTS } from '../case-files.ts';
import { readParticipants } from '../participants.ts';
import { WEIGHTINGS, type Weighting } from '../weighting.ts';
import {
  contextPath,
  maskPath,
  PERFUSION_VOLUMES,
  seriesPath,
  SET_COLUMN,
  VOLUME_TYPE,
  weightedPath,
} from './subject-files.ts';

/** The sets that a table may divide subjects into. */
export const SUBJECT_SETS = ['training', 'validation', 'test', 'other'] as const;
export type SubjectSet = (typeof SUBJECT_SETS)[number];

/** A subject as the table of a data set names it. */
export interface ListedSubject {
  readonly subject: string;
  /** Where the table has a column of sets. */
  readonly set: SubjectSet | undefined;
}

export interface WantedImages {
  readonly weighted: readonly Weighting[];
  /** Fewest volumes of a series. */
  readonly repetitions: number;
}

export interface SubjectList {
  readonly subjects: readonly ListedSubject[];
  /** What a user should know, a line each. */
  readonly notes: readonly string[];
}

/** Grids agree to this part of a voxel. */
export const GRID_TOLERANCE = 0.1;

/**
 * Lists the subjects of a data set by its `participants.tsv`, and looks at the headers of their images.
 *
 * @throws InputError naming file, line or subject, where a subject occurs twice or is no plain name, some have a set and others none, an image is
 *   missing or on another grid, or a series is no series of perfusion images or has too few
 */
export async function listSubjects(folder: string, wanted: WantedImages): Promise<SubjectList> {
  const table = join(folder, PARTICIPANTS);
  const subjects = (await readParticipants(folder)).map(({ subject, cells, where }): ListedSubject => ({
    subject,
    set: setOf(cells[SET_COLUMN], `${where}: ${SET_COLUMN} of ${subject}`),
  }));
  if (subjects.length === 0) throw new InputError(`${table}: lists no subject`);
  let first: { file: string; header: NiftiHeader } | undefined;
  let more = 0;
  for (const { subject } of subjects) {
    const { file, header } = await checkImages(folder, subject, wanted);
    first ??= { file, header };
    if (String(header.shape) !== String(first.header.shape)) {
      throw new InputError(
        `${file} has ${header.shape.join(' x ')} voxels; allowed: ${first.header.shape.join(' x ')}, as ${first.file} has`,
      );
    }
    more += Number(header.volumes > wanted.repetitions);
  }
  return {
    subjects,
    notes:
      more === 0
        ? []
        : [
            `${folder}: ${more} of ${subjects.length} series have more than ${wanted.repetitions} repetitions, of which the first ${wanted.repetitions} are used`,
          ],
  };
}

function setOf(text: string | undefined, where: string): SubjectSet | undefined {
  if (text === undefined) return undefined;
  const found = SUBJECT_SETS.find((set) => set === text);
  if (found) return found;
  throw new InputError(`${where} is ${text || 'empty'}; allowed: ${SUBJECT_SETS.join(', ')}`);
}

/** Checks the headers of a subject's images, and returns that of its series. */
async function checkImages(
  folder: string,
  subject: string,
  { weighted, repetitions }: WantedImages,
): Promise<{ file: string; header: NiftiHeader }> {
  const there = (path: string, allowed: string): string => {
    const file = join(folder, path);
    if (!existsSync(file)) throw new InputError(`${file} is missing; allowed: ${allowed}`);
    return file;
  };
  const file = there(seriesPath(subject), 'the repetitions of every subject, a volume each');
  const header = await niftiHeaderOf(file);
  if (header.volumes < repetitions) {
    throw new InputError(
      `${file} holds ${header.volumes} ${header.volumes === 1 ? 'repetition' : 'repetitions'}; allowed: at least ${repetitions}`,
    );
  }
  await checkContext(join(folder, contextPath(subject)), header.volumes, file);
  const others = [
    there(maskPath(subject), 'a mask of the brain of every subject, which decides the pixels that count'),
    ...weighted.map((name) =>
      there(
        weightedPath(subject, name),
        `every image of \`weighted\` (${weighted.join(', ')}, of ${WEIGHTINGS.join(', ')}) of every subject`,
      ),
    ),
  ];
  for (const other of others) {
    const its = await niftiHeaderOf(other);
    if (its.volumes !== 1) throw new InputError(`${other} holds ${its.volumes} volumes; allowed: one`);
    const difference = gridDifference(its, header, GRID_TOLERANCE);
    if (difference !== undefined) {
      throw new InputError(
        `${other} is on another grid than ${file}: ${difference}; allowed: images resampled to the grid of the repetitions`,
      );
    }
  }
  return { file, header };
}

/** A table of the volumes, where there is one, must call every volume a perfusion image. */
async function checkContext(table: string, volumes: number, series: string): Promise<void> {
  if (!existsSync(table)) return;
  const rows = await readTabTable(table, [VOLUME_TYPE]);
  if (rows.length !== volumes) {
    throw new InputError(`${table} has ${rows.length} lines for the ${volumes} volumes of ${series}`);
  }
  const other = rows.find(({ cells }) => !PERFUSION_VOLUMES.includes(cells[VOLUME_TYPE]));
  if (!other) return;
  throw new InputError(
    `${table}:${other.line}: found a volume that is ${other.cells[VOLUME_TYPE] || 'nothing'}; allowed: ${PERFUSION_VOLUMES.join(' or ')}, perfusion images after the subtraction of label and control`,
  );
}
