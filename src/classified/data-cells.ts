import { join } from 'node:path';
import type { Task } from '../contracts/cell.ts';
import { writeCases } from '../images/livers/write-cases.ts';
import type { LiverSettings } from '../images/livers/settings.ts';
import { LiverSimulator } from '../images/livers/simulate.ts';
import type { Modality } from '../images/modality.ts';
import { normalise } from '../images/normalise.ts';
import { gridOfCases, readCase, type ListedCase } from '../images/read-cases.ts';
import { CasePacker, encodeCases } from './packed-cases.ts';

export interface VirtualInput {
  readonly livers: LiverSettings;
  readonly modalities: readonly Modality[];
  readonly cases: number;
  /** Number of the first case; those of different ranges of numbers are independent. */
  readonly from: number;
}

const DATA_SET = 'data';

/** Writes virtual cases to disk, where they are read like anyone's. */
export const simulate: Task<VirtualInput> = {
  module: import.meta.url,
  name: 'simulate',
  async run({ livers, ...options }, context) {
    const folder = join(await context.folder(), DATA_SET);
    await writeCases(folder, livers, { ...options, onProgress: context.onProgress });
    return {
      rows: [],
      notes: [`${options.cases} virtual cases, written as a BIDS data set and read back from disk`],
      facts: { seed: livers.seed },
    };
  },
};

export interface ReadInput {
  readonly modalities: readonly Modality[];
  readonly cases: readonly ListedCase[];
  /** Cases that are left out, a line each. */
  readonly leftOut: readonly string[];
  /** Hashes of the images, case by case; absent where another cell writes them. */
  readonly content?: readonly string[];
}

export interface CasesPlace {
  /** Of the data set; absent where the cell `data` made it. */
  readonly folder?: string;
}

/** Reads cases from disk, brings them to one grid and one scale, and packs them. */
export const readCases: Task<ReadInput, CasesPlace> = {
  module: import.meta.url,
  name: 'readCases',
  async run({ modalities, cases, leftOut }, context) {
    const folder = context.places.folder ?? join(context.folderOf('data'), DATA_SET);
    const list = { folder, cases, leftOut };
    const grid = await gridOfCases(list, modalities);
    const packer = new CasePacker(modalities, grid, cases.length);
    for (const [i, { subject, stage }] of cases.entries()) {
      packer.add(subject, stage, await readCase(list, subject, modalities, grid));
      context.onProgress((i + 1) / cases.length, `reading ${subject}`);
    }
    return {
      rows: [],
      files: encodeCases(packer.finish()),
      notes: leftOut.map((line) => `left out: ${line}`),
    };
  },
};

/** Virtual cases in memory, normalised as those on disk are: too many to be worth writing. */
export const population: Task<VirtualInput> = {
  module: import.meta.url,
  name: 'population',
  run({ livers, modalities, cases, from }, context) {
    const simulator = new LiverSimulator(livers);
    const packer = new CasePacker(modalities, simulator.grid, cases);
    for (let i = 0; i < cases; i++) {
      const { volumes, stage } = simulator.simulate(from + i);
      const name = `virtual-${from + i}`;
      for (const modality of modalities)
        normalise(volumes[modality].values, modality, `${name}, ${modality}`);
      packer.add(
        name,
        stage,
        modalities.map((modality) => volumes[modality].values),
      );
      context.onProgress((i + 1) / cases, `case ${i + 1} of ${cases}`);
    }
    return Promise.resolve({ rows: [], files: encodeCases(packer.finish()), facts: { seed: livers.seed } });
  },
};
