import type { Task } from '../../src/contracts/cell.ts';
import { InputError } from '../../src/contracts/input-error.ts';
import { TRUTH } from '../../src/contracts/metric.ts';
import type { Parameters } from '../../src/contracts/voxels.ts';
import type { Cohort } from '../../src/data/cohort/cohort.ts';
import type { SessionVoxels } from '../../src/data/cohort/read-session.ts';
import { readTruth } from '../../src/data/cohort/read-truth.ts';
import type { VolunteersSettings } from '../../src/data/volunteers/settings.ts';
import { writeVolunteers } from '../../src/data/volunteers/write-volunteers.ts';
import {
  dataSetIn,
  openDataSet,
  readNamed,
  type DataSetPlace,
  type Reading,
  type SessionInput,
} from './data-set.ts';
import { NETWORK_READER } from '../../src/measures/network-reader.ts';
import { sessionLabel } from './planned-sessions.ts';
import { encodeRegions, missingRow, REGION_FILE, regionRecords, regionRows, volunteersRow } from './rows.ts';
import { SlicePictures } from './slice-pictures.ts';
import {
  COUNT_MISSING,
  COUNT_READERS,
  COUNT_REGIONS,
  COUNT_SESSIONS,
  COUNT_SUBJECTS,
  REGION_ORDER,
  ROI_VOXELS,
} from '../../src/measures/regions.ts';

/** Writes the virtual volunteers to disk, where all other cells read them like a real data set. */
export const simulate: Task<VolunteersSettings> = {
  module: import.meta.url,
  name: 'simulate',
  async run(settings, context) {
    await writeVolunteers(dataSetIn(await context.folder()), settings, { onProgress: context.onProgress });
    return {
      rows: [],
      notes: [
        `${settings.subjects} virtual volunteers, written as a BIDS data set and read back from disk; \`ivim-bench simulate\` writes the same one for you to look at`,
      ],
      facts: { seed: settings.seed },
    };
  },
};

interface SurveyInput {
  readonly reading: Reading;
  /** Everything that decides the voxels of each session. */
  readonly content: readonly unknown[];
  /** Statements on missing data. */
  readonly missing: readonly string[];
}

/** Counts the contents of the data set, and lists what is missing according to names, headers and tables. */
export const survey: Task<SurveyInput, DataSetPlace> = {
  module: import.meta.url,
  name: 'survey',
  async run({ reading }, context) {
    const cohort = await openDataSet(reading, context);
    const { subjects, sessions, readers, regions, missing, notes } = cohort;
    const counts = [
      [COUNT_SUBJECTS, subjects],
      [COUNT_SESSIONS, sessions],
      [COUNT_READERS, readers],
      [COUNT_REGIONS, regions],
      [COUNT_MISSING, missing],
    ] as const;
    return {
      rows: [
        ...counts.map(([{ name: metric }, { length: value }]) =>
          volunteersRow({ method: '', metric, value, n: value }),
        ),
        // Tables and figures list regions in the order of the data set.
        ...regions.map((region, i) =>
          volunteersRow({ method: '', factors: { region }, metric: REGION_ORDER.name, value: i + 1, n: 1 }),
        ),
        ...missing.map(missingRow),
      ],
      notes: [...missing.map(({ text }) => `missing: ${text}`), ...notes],
    };
  },
};

interface ReadInput {
  readonly reading: Reading;
  readonly session: SessionInput;
  /** Index of the slice to show; null for none. */
  readonly slice: number | null;
}

/** Reads one session: its regions, faults of its voxels, its true means if known, and the sample slice. */
export const read: Task<ReadInput, DataSetPlace> = {
  module: import.meta.url,
  name: 'read',
  async run({ reading, session: named, slice }, context) {
    const { subject, session } = named;
    const { cohort, voxels, missing, notes } = await readNamed(reading, context, named, () =>
      slice === null ? {} : { slices: [slice] },
    );
    const lacks = {
      rows: missing.map(missingRow),
      notes: [...missing.map(({ text }) => `missing: ${text}`), ...notes],
    };
    if (!voxels) return { ...lacks, files: new Map([[REGION_FILE, encodeRegions([])]]) };
    const truth = await knownTruth(voxels, cohort, lacks.notes);
    const records = truth ? regionRecords(voxels, truth) : [];
    const pictures = slice === null ? undefined : new SlicePictures(voxels, slice);
    return {
      rows: [
        ...voxels.drawn
          .filter(({ reader }) => reader !== NETWORK_READER)
          .map(({ reader, region, voxels: drawn, rows }) =>
            volunteersRow({
              method: '',
              factors: { subject, session: sessionLabel(session), reader, region },
              metric: ROI_VOXELS.name,
              value: drawn.length,
              n: rows.length,
            }),
          ),
        ...regionRows(TRUTH, session, records),
        ...lacks.rows,
      ],
      notes: lacks.notes,
      files: new Map([[REGION_FILE, encodeRegions(records)]]),
      ...(pictures
        ? {
            pictures: [
              pictures.b0(),
              ...pictures.regions(cohort.regions),
              ...(truth ? pictures.maps(TRUTH, truth) : []),
            ],
          }
        : {}),
    };
  },
};

/** Invalid true maps are only noted, since the analysis of estimates does not need them. */
async function knownTruth(
  { session, voxels }: SessionVoxels,
  { gridTolerance, policy }: Cohort,
  notes: string[],
): Promise<Parameters | null> {
  try {
    return await readTruth(session, voxels, gridTolerance);
  } catch (error) {
    if (!(error instanceof InputError) || policy === 'refuse') throw error;
    notes.push(`missing: ${error.message}`);
    return null;
  }
}
