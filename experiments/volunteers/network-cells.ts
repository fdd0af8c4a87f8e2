import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Task } from '../../src/contracts/cell.ts';
import { encodeNiftiGz } from '../../src/data/nifti-gz.ts';
import { openNiftiRows } from '../../src/data/nifti-rows.ts';
import type { Session, VolunteersSettings } from '../../src/data/volunteers/settings.ts';
import { NO_DIFFICULTY } from '../../src/images/abdomens/settings.ts';
import { plannedEngine } from '../../src/learning/planned-engine.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import type { PeopleInput } from '../../src/segmented/data-cells.ts';
import { markScan } from '../../src/segmented/mark-scan.ts';
import { niftiScan } from '../../src/segmented/nifti-scan.ts';
import { decodeNetwork, trainingWords } from '../../src/segmented/saved-network.ts';
import { trainSegmentation, type TrainingInput } from '../../src/segmented/train-cell.ts';
import { numberedNames } from '../../src/segmented/virtual-people.ts';
import type { VolunteersConfig } from './config.ts';
import { markOf, openDataSet, type DataSetPlace, type Reading } from './data-set.ts';

/** The need that holds the network. */
export const TRAINED = 'trained';

type NetworkConfig = NonNullable<VolunteersConfig['network']>;

const namesOf = (count: number): string[] => numberedNames('other', count);

/** Sessions that people of a study really have: those of ideal readers repeat them. */
const scanned = ({ sessions }: VolunteersSettings): Session[] =>
  Object.values(sessions).filter(({ idealOf }) => idealOf === undefined);

/**
 * The people that the network is trained on: of the same kind as those of the study, and drawn with another seed, so that nobody is in both. They have
 * each of the sessions in turn, and are read by readers of whole organs.
 */
export function otherPeople(
  settings: VolunteersSettings,
  { people, difficulty = NO_DIFFICULTY }: NetworkConfig,
): PeopleInput {
  const { ideal, sessions: _, readers, ...shared } = settings;
  const volunteers = {
    ...{ ...shared, seed: deriveSeed(settings.seed, 'people of the network'), subjects: people },
    readers: ideal?.readers ?? readers,
  };
  return {
    settings: scanned(settings).map((session) => ({
      volunteers: { ...volunteers, sessions: { scan: session } },
      difficulty,
    })),
    names: namesOf(people),
  };
}

/** How the network is trained. */
export function networkTraining(settings: VolunteersSettings, network: NetworkConfig): TrainingInput {
  const names = namesOf(network.people);
  const all = scanned(settings);
  const one = <T>(values: readonly T[]): T => values[0];
  const { noise } = network.difficulty ?? NO_DIFFICULTY;
  const lowest = Math.min(...all.map(({ field }) => settings.organs.snr[field]));
  return {
    about: { experiment: 'volunteers', method: 'reader', factors: {} },
    ...{ fold: 1, test: [], shown: '' },
    training: names.slice(network.validation),
    validation: names.slice(0, network.validation),
    seed: deriveSeed(settings.seed, 'network'),
    engine: plannedEngine(network.engine),
    model: network.model!,
    inputs: { bValues: network.bValues ?? settings.bValues, neighbours: network.neighbours },
    ...{ volumes: false, how: network.training, shuffle: false },
    scanned: {
      field: [...new Set(all.map(({ field }) => field))].join(' and '),
      ...{ TE: one(all).TE, TR: one(all).TR, snr: noise > 0 ? lowest / noise : null },
    },
  };
}

/** Trains the network. It is no fitter, so that its training curve is in the notes alone. */
export const trainReader: Task<TrainingInput> = {
  module: import.meta.url,
  name: 'trainReader',
  async run(input, context) {
    const { rows, ...trained } = await trainSegmentation.run(input, context);
    const last = rows.at(-1);
    return { ...trained, rows: [], facts: { ...trained.facts, ...(last ? { lastLoss: last.value } : {}) } };
  },
};

export interface MarkInput {
  readonly reading: Reading;
}

/** Lets the network mark the regions of everybody, in every session. */
export const markEverybody: Task<MarkInput, DataSetPlace> = {
  module: import.meta.url,
  name: 'markEverybody',
  async run({ reading }, context) {
    const files = await context.files(TRAINED);
    const record = decodeNetwork(files, 'the network of this run');
    const { sessions } = await openDataSet(reading, context);
    const folder = await context.folder();
    await mkdir(join(folder, 'network'), { recursive: true });
    const notes = new Set<string>();
    for (const [i, session] of sessions.entries()) {
      const rows = await openNiftiRows({ files: session.images, bval: session.bvals[0] });
      const { labels, notes: said } = await markScan(record, files, niftiScan(rows, session.name));
      for (const note of said) notes.add(note);
      const { header } = rows.image;
      const map = {
        data: labels,
        shape: header.shape,
        name: 'regions',
        description: 'regions, marked by a network',
      };
      await writeFile(markOf(folder, session), await encodeNiftiGz(header, map));
      context.onProgress((i + 1) / sessions.length, `marking ${session.name}`);
    }
    return {
      rows: [],
      notes: [
        `the network that marks regions is a ${trainingWords(record)}, none of them of this study; people like these are all it has seen`,
        ...notes,
      ],
    };
  },
};
