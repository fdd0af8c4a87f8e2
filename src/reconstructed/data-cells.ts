import type { Task } from '../contracts/cell.ts';
import { readAnatomy, type AnatomyName } from '../images/brains/anatomy.ts';
import { BrainSettings } from '../images/brains/settings.ts';
import { BrainSimulator, type Lesions } from '../images/brains/simulate.ts';
import { foregroundMedian } from '../images/normalise.ts';
import { voxelCount, type Grid } from '../images/volume.ts';
import { evaluateWaves, smoothWaves } from '../images/waves.ts';
import { Mt19937 } from '../random/mt19937.ts';
import { deriveSeed } from '../random/seed.ts';
import type { HeadSettings } from './config.ts';
import { encodeHeads, HEAD_IMAGES, type HeadImage, type PackedHeads } from './packed-heads.ts';

export interface HeadsInput {
  readonly anatomy: AnatomyName;
  /** SHA-256 of its file. */
  readonly content: string;
  readonly heads: HeadSettings;
  readonly seed: number;
  readonly subjects: number;
  /** Number of the first subject; those of different ranges of numbers are independent. */
  readonly from: number;
  /** Share of the subjects with lesions; or `both`: every subject without and with lesions. */
  readonly lesions: number | 'both';
  /** Whether there is a T1-weighted image as well. */
  readonly T1w: boolean;
}

export interface AnatomyPlace {
  readonly file: string;
}

/** Repetition and echo time of the T1-weighted image, a spin echo, ms. */
const T1_WEIGHTED = { TR: 600, PDw: 15, T2w: 15 };
/** Waves of the phase. */
const WAVES = 16;

/** Simulates subjects without noise: noise is that of each acquisition. */
export const simulateHeads: Task<HeadsInput, AnatomyPlace> = {
  module: import.meta.url,
  name: 'simulateHeads',
  async run({ heads, seed, subjects, from, lesions, T1w }, context) {
    const anatomy = await readAnatomy(context.places.file);
    const { phase, ...brain } = heads;
    const settings = BrainSettings.parse({ ...brain, seed, noise: { weighted: 0 } });
    const simulators = {
      T2w: new BrainSimulator(anatomy, settings),
      ...(T1w ? { T1w: new BrainSimulator(anatomy, { ...settings, sequences: T1_WEIGHTED }) } : {}),
    };
    const { grid } = simulators.T2w;
    const entries = Array.from({ length: subjects }, (_, i) => i).flatMap((i) =>
      kindsOf(i, lesions).map((kind) => ({ number: from + i, kind })),
    );
    const each = voxelCount(grid);
    const images = Object.fromEntries(
      HEAD_IMAGES.map((name) => [name, new Float32Array(name === 'T1w' && !T1w ? 0 : entries.length * each)]),
    ) as Record<HeadImage, Float32Array>;
    const levels = new Map<string, number>();
    entries.forEach(({ number, kind }, entry) => {
      for (const [name, simulator] of Object.entries(simulators) as ['T2w' | 'T1w', BrainSimulator][]) {
        const { T2w: image, brain } = simulator.simulate(number, kind);
        // One level for a subject with and without lesions, which comes first.
        const key = `${number} ${name}`;
        const level = levels.get(key) ?? foregroundMedian(image);
        levels.set(key, level);
        images[name].set(
          image.map((value) => value / level),
          entry * each,
        );
        images.brain.set(brain, entry * each);
      }
      images.phase.set(phaseOf(grid, phase, deriveSeed(seed, 'phase', number)), entry * each);
      context.onProgress((entry + 1) / entries.length, `subject ${number}`);
    });
    const { slices, size, pixel } = settings.image;
    const packed: PackedHeads = {
      subjects: entries.map(({ number }) => `virtual-${number}`),
      lesions: entries.map(({ kind }) => kind),
      shape: [slices, size, size],
      pixel,
      images,
    };
    return { rows: [], files: encodeHeads(packed), facts: { seed } };
  },
};

/** A constant of any size and a smooth variation. */
function phaseOf(grid: Grid, { sd, distance }: HeadSettings['phase'], seed: number): Float32Array {
  const random = new Mt19937(seed);
  const constant = 2 * Math.PI * random.uniform();
  const field = new Float32Array(voxelCount(grid));
  evaluateWaves(smoothWaves(random, WAVES, distance), grid, grid.affine, field);
  return field.map((value) => constant + sd * value);
}

/** The lesions of the entries of the i-th subject: so that of the first n subjects, for every n, about the share has some. */
function kindsOf(i: number, lesions: number | 'both'): readonly Lesions[] {
  if (lesions === 'both') return ['none', 'seen'];
  const before = Math.floor(i * lesions + 1e-9);
  return [Math.floor((i + 1) * lesions + 1e-9) === before ? 'none' : 'seen'];
}
