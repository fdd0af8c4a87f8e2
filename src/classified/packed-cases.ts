import { z } from 'zod';
import { bytesOf, storedFloats, storedJson } from '../files/stored-file.ts';
import { MODALITIES, type Modality } from '../images/modality.ts';
import { voxelCount, type Affine, type Grid } from '../images/volume.ts';
import { oneHot, sizeOf, type Cases } from '../learning/cases.ts';

/** Normalised volumes of cases on one grid, with their stages: what networks and baselines are given. */
export interface PackedCases {
  readonly subjects: readonly string[];
  readonly stages: readonly number[];
  /** Last axis of the values. */
  readonly modalities: readonly Modality[];
  /** Voxels along z, y and x. */
  readonly shape: readonly [number, number, number];
  /** Indices of x, y and z to millimetres; of the first case. */
  readonly affine: Affine;
  /** cases x z x y x x modalities. */
  readonly values: Float32Array;
}

const RECORD = storedJson<Omit<PackedCases, 'values'>>(
  'cases.json',
  z.object({
    subjects: z.array(z.string()),
    stages: z.array(z.number()),
    modalities: z.array(z.enum(MODALITIES)),
    shape: z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]),
    affine: z.array(z.array(z.number()).length(4)).min(3).max(4),
  }),
);
const VALUES = 'cases.f32';

/** Packed cases as the files of a cell. */
export function encodeCases({ values, ...record }: PackedCases): Map<string, Uint8Array> {
  return new Map([RECORD.encode(record), [VALUES, bytesOf(values)]]);
}

/** The cases that a cell left. @throws InputError where its files hold something else */
export function decodeCases(files: ReadonlyMap<string, Uint8Array>): PackedCases {
  const record = RECORD.decode(files.get(RECORD.name));
  const { subjects, modalities, shape } = record;
  const count = subjects.length * sizeOf(shape) * modalities.length;
  return { ...record, values: storedFloats(VALUES, files.get(VALUES), count) };
}

/** Fills packed cases one after the other. */
export class CasePacker {
  readonly #cases: Omit<PackedCases, 'values' | 'subjects' | 'stages'>;
  readonly #values: Float32Array;
  readonly #subjects: string[] = [];
  readonly #stages: number[] = [];

  constructor(modalities: readonly Modality[], grid: Grid, n: number) {
    const [x, y, z] = grid.shape;
    this.#cases = { modalities, shape: [z, y, x], affine: grid.affine };
    this.#values = new Float32Array(n * voxelCount(grid) * modalities.length);
  }

  /** @param volumes one per modality, x running fastest */
  add(subject: string, stage: number, volumes: readonly Float32Array[]): void {
    const { length } = volumes;
    const voxels = volumes[0].length;
    const from = this.#subjects.length * voxels * length;
    volumes.forEach((volume, channel) => {
      for (let i = 0; i < voxels; i++) this.#values[from + i * length + channel] = volume[i];
    });
    this.#subjects.push(subject);
    this.#stages.push(stage);
  }

  finish(): PackedCases {
    return { ...this.#cases, subjects: this.#subjects, stages: this.#stages, values: this.#values };
  }
}

/** Which cases are positive: those from a stage on. */
export const positives = ({ stages }: Pick<PackedCases, 'stages'>, from: number): number[] =>
  stages.map((stage) => Number(stage >= from));

/** What a network sees of cases: some of the modalities, and the two classes. */
export function casesOf(
  packed: PackedCases,
  modalities: readonly Modality[],
  labels: readonly number[],
): Cases {
  const { subjects, shape, values } = packed;
  const all = packed.modalities.length;
  const channels = modalities.map((modality) => packed.modalities.indexOf(modality));
  const some = channels.length === all ? values : pick(values, all, channels);
  return {
    n: subjects.length,
    shape: [...shape, channels.length],
    inputs: some,
    targets: oneHot(labels, 2),
  };
}

function pick(values: Float32Array, all: number, channels: readonly number[]): Float32Array {
  const voxels = values.length / all;
  const some = new Float32Array(voxels * channels.length);
  for (let i = 0; i < voxels; i++) {
    for (let c = 0; c < channels.length; c++) some[i * channels.length + c] = values[i * all + channels[c]];
  }
  return some;
}

/** Mean and standard deviation per channel. */
export interface ChannelScale {
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

/**
 * Mean and standard deviation per channel over what is not background (0, or below a tenth of the mean) of some cases: the
 * training cases, so that nothing of others is known.
 */
export function channelScale({ shape, inputs }: Cases, which: readonly number[]): ChannelScale {
  const channels = shape.at(-1)!;
  const width = shape.reduce((product, each) => product * each, 1);
  const moments = (above: readonly number[]) => {
    const [n, sum, square] = [0, 1, 2].map(() => new Float64Array(channels));
    for (const i of which) {
      for (let at = i * width; at < (i + 1) * width; at++) {
        const [channel, value] = [at % channels, inputs[at]];
        if (value <= above[channel]) continue;
        n[channel]++;
        sum[channel] += value;
        square[channel] += value * value;
      }
    }
    const mean = Array.from(sum, (total, c) => total / n[c]);
    return { mean, sd: mean.map((m, c) => Math.sqrt(Math.max(square[c] / n[c] - m * m, 0)) || 1) };
  };
  const { mean } = moments(new Array<number>(channels).fill(0));
  return moments(mean.map((m) => m / 10));
}

/** Centred and scaled cases. */
export function scaled(cases: Cases, { mean, sd }: ChannelScale): Cases {
  const channels = mean.length;
  return {
    ...cases,
    inputs: cases.inputs.map((value, i) => (value - mean[i % channels]) / sd[i % channels]),
  };
}
