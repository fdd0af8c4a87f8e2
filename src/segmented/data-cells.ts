import type { Task } from '../contracts/cell.ts';
import { TRUTH } from '../contracts/metric.ts';
import { simulateAbdomen, type AbdomenSettings } from '../images/abdomens/simulate.ts';
import { plainRow } from '../measures/measured-rows.ts';
import { LESION } from '../measures/lesion-detection.ts';
import { REGION_ORDER } from '../measures/regions.ts';
import { decodeAbdomens, encodeAbdomens, type Person } from './packed-abdomens.ts';
import { slicePicture } from './pictures.ts';
import { encodeScores, scoreLabels, sourcesOf } from './scores.ts';

export interface PeopleInput {
  /** One per kind of scan: the first person is scanned by the first, and so on in turn. */
  readonly settings: readonly AbdomenSettings[];
  /** Which of them scans each person, by its place; absent: in turn. */
  readonly scannedBy?: readonly number[];
  /** Names in the order of their numbers, from 1. */
  readonly names: readonly string[];
}

/** Simulates all people of a study. */
export const simulatePeople: Task<PeopleInput> = {
  module: import.meta.url,
  name: 'simulatePeople',
  async run({ settings, scannedBy, names }, context) {
    const [{ volunteers }] = settings;
    const people = names.map((name, i): Person => {
      const { shape, voxel, series, truth, drawings } = simulateAbdomen(
        settings[scannedBy?.[i] ?? i % settings.length],
        i + 1,
      );
      context.onProgress((i + 1) / names.length, `simulating ${name}`);
      return { name, grid: { shape, voxel }, series, labels: new Map([[TRUTH, truth], ...drawings]) };
    });
    const packed = {
      bValues: volunteers.bValues,
      regions: [...Object.keys(volunteers.organs.regions), ...(settings[0].lesions ? [LESION] : [])],
      people,
    };
    return Promise.resolve({ rows: [], files: encodeAbdomens(packed), facts: { seed: volunteers.seed } });
  },
};

export interface ReadersInput {
  readonly experiment: string;
  readonly shown: string;
}

/** The need that holds the people. */
export const PEOPLE = 'people';

/** How readers agree with the truth and with each other; and pictures of the scan and of all drawings. */
export const assessReaders: Task<ReadersInput> = {
  module: import.meta.url,
  name: 'assessReaders',
  async run({ experiment, shown }, context) {
    const abdomens = decodeAbdomens(await context.files(PEOPLE));
    const scores = abdomens.people.flatMap((person) =>
      sourcesOf(person).flatMap((reader, i, sources) =>
        scoreLabels(abdomens, person, person.labels.get(reader)!, sources.slice(0, i)).map((score) => ({
          ...score,
          reader,
        })),
      ),
    );
    const person = abdomens.people.find(({ name }) => name === shown)!;
    const about = (method: string) => ({ experiment, method, factors: {} });
    return {
      // Tables and figures list regions in the order of the data set.
      rows: abdomens.regions.map((region, i) => plainRow(about(''), REGION_ORDER, i + 1, 1, { region })),
      files: new Map([encodeScores(scores)]),
      pictures: [
        slicePicture(about(''), abdomens, person, { quantity: 'b0', volume: person.series }),
        ...[...person.labels].map(([source, volume]) =>
          slicePicture(about(source), abdomens, person, { quantity: 'regions', volume }),
        ),
      ],
    };
  },
};
