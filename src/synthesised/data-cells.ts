import type { Task } from '../contracts/cell.ts';
import { readAnatomy, type AnatomyName } from '../images/brains/anatomy.ts';
import type { BrainSettings } from '../images/brains/settings.ts';
import { BrainSimulator, LESIONS, type Lesions } from '../images/brains/simulate.ts';
import { divideByMedian } from '../images/normalise.ts';
import { encodeBrains, IMAGES, type ImageName, type PackedBrains } from './packed-brains.ts';

/** Repetitions whose mean is the reference, as in Zaharchuk 2018. */
export const SIX = 6;

export interface BrainsInput {
  readonly anatomy: AnatomyName;
  /** SHA-256 of its file. */
  readonly content: string;
  readonly brains: BrainSettings;
  readonly subjects: number;
  /** Number of the first subject; those of different ranges of numbers are independent. */
  readonly from: number;
  /** Share of the subjects with lesions; or `each`: every subject without, with seen and with unseen lesions. */
  readonly lesions: number | 'each';
  readonly inputAmongSix: boolean;
}

export interface AnatomyPlace {
  readonly file: string;
}

/** Simulates subjects, with the noise of one repetition and of the mean of six. Weighted images are divided by their median. */
export const simulateBrains: Task<BrainsInput, AnatomyPlace> = {
  module: import.meta.url,
  name: 'simulateBrains',
  async run({ brains, subjects, from, lesions, inputAmongSix }, context) {
    const simulator = new BrainSimulator(await readAnatomy(context.places.file), brains);
    const entries = Array.from({ length: subjects }, (_, i) => i).flatMap((i) =>
      kindsOf(i, lesions).map((kind) => ({ number: from + i, kind })),
    );
    const { size, slices, pixel } = brains.image;
    const each = slices * size * size;
    const images = Object.fromEntries(
      IMAGES.map((name) => [name, new Float32Array(entries.length * each)]),
    ) as Record<ImageName, Float32Array>;
    entries.forEach(({ number, kind }, entry) => {
      const { truth, brain, PDw, T2w } = simulator.simulate(number, kind);
      for (const [name, image] of [
        ['PDw', PDw],
        ['T2w', T2w],
      ] as const) {
        divideByMedian(image, `virtual subject ${number}, ${name}`);
      }
      const repetitions = Array.from({ length: SIX + 1 }, (_, i) =>
        simulator.repetition(number, i + 1, truth),
      );
      const averaged = repetitions.slice(inputAmongSix ? 0 : 1, inputAmongSix ? SIX : SIX + 1);
      const six = truth.map((_, i) => averaged.reduce((sum, repetition) => sum + repetition[i], 0) / SIX);
      const all = { truth, one: repetitions[0], six, PDw, T2w, brain };
      for (const name of IMAGES) images[name].set(all[name], entry * each);
      context.onProgress((entry + 1) / entries.length, `subject ${number}`);
    });
    const packed: PackedBrains = {
      subjects: entries.map(({ number }) => `virtual-${number}`),
      lesions: entries.map(({ kind }) => kind),
      shape: [slices, size, size],
      pixel,
      images,
    };
    return { rows: [], files: encodeBrains(packed), facts: { seed: brains.seed } };
  },
};

/** The lesions of the entries of the i-th subject: so that of the first n subjects, for every n, about the share has some. */
function kindsOf(i: number, lesions: number | 'each'): readonly Lesions[] {
  if (lesions === 'each') return LESIONS;
  const before = Math.floor(i * lesions + 1e-9);
  if (Math.floor((i + 1) * lesions + 1e-9) === before) return ['none'];
  return [before % 2 === 0 ? 'seen' : 'unseen'];
}
