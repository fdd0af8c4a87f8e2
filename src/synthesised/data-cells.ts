import type { Task } from '../contracts/cell.ts';
import { readAnatomy, type AnatomyName } from '../images/brains/anatomy.ts';
import type { BrainSettings } from '../images/brains/settings.ts';
import { BrainSimulator, LESIONS, type Lesions } from '../images/brains/simulate.ts';
import { divideByMedian } from '../images/normalise.ts';
import type { Weighting } from '../images/weighting.ts';
import { SIX } from '../measures/synthesis.ts';
import { encodeBrains, type ImageName, type PackedBrains } from './packed-brains.ts';

export interface BrainsInput {
  readonly anatomy: AnatomyName;
  /** SHA-256 of its file. */
  readonly content: string;
  readonly brains: BrainSettings;
  readonly weighted: readonly Weighting[];
  readonly subjects: number;
  /** Number of the first subject; those of different ranges of numbers are independent. */
  readonly from: number;
  readonly lesions: SomeLesions | 'each';
  readonly inputAmongSix: boolean;
  /** Whether all repetitions are kept, for trainings on one acquisition per subject. */
  readonly repetitions: boolean;
}

/** Which of many subjects have lesions; `each`: every subject is there without, with seen and with unseen ones. */
export interface SomeLesions {
  /** Share of the subjects that have any. */
  readonly share: number;
  /** Share of these whose weighted images don't show them. */
  readonly unseen: number;
}

export interface AnatomyPlace {
  readonly file: string;
}

/** Simulates subjects, with the noise of one repetition and of the mean of six. Weighted images are divided by their median. */
export const simulateBrains: Task<BrainsInput, AnatomyPlace> = {
  module: import.meta.url,
  name: 'simulateBrains',
  async run({ brains, weighted, subjects, from, lesions, inputAmongSix, repetitions }, context) {
    const simulator = new BrainSimulator(await readAnatomy(context.places.file), brains);
    const entries = Array.from({ length: subjects }, (_, i) => i).flatMap((i) =>
      kindsOf(i, lesions).map((kind) => ({ number: from + i, kind })),
    );
    const { size, slices, pixel } = brains.image;
    const each = slices * size * size;
    const count = inputAmongSix ? SIX : SIX + 1;
    const names: ImageName[] = ['truth', 'one', 'six', ...weighted, 'brain'];
    const images = Object.fromEntries(
      names.map((name) => [name, new Float32Array(entries.length * each)]),
    ) as PackedBrains['images'];
    const kept = new Float32Array(repetitions ? entries.length * count * each : 0);
    entries.forEach(({ number, kind }, entry) => {
      const subject = simulator.simulate(number, kind);
      for (const name of weighted)
        divideByMedian(weightedImage(subject, name), `virtual subject ${number}, ${name}`);
      const all = Array.from({ length: count }, (_, i) => simulator.repetition(number, i + 1, subject.truth));
      if (repetitions) all.forEach((one, i) => kept.set(one, (entry * count + i) * each));
      const { one, six } = oneAndSix(all, inputAmongSix);
      images.truth!.set(subject.truth, entry * each);
      images.brain.set(subject.brain, entry * each);
      images.one.set(one, entry * each);
      images.six.set(six, entry * each);
      for (const name of weighted) images[name]!.set(weightedImage(subject, name), entry * each);
      context.onProgress((entry + 1) / entries.length, `subject ${number}`);
    });
    const packed: PackedBrains = {
      subjects: entries.map(({ number }) => `virtual-${number}`),
      lesions: entries.map(({ kind }) => kind),
      shape: [slices, size, size],
      pixel,
      sigmas: entries.map(() => brains.noise.perfusion),
      weighted,
      images: repetitions ? { ...images, repetitions: kept } : images,
    };
    return { rows: [], files: encodeBrains(packed), facts: { seed: brains.seed } };
  },
};

/** The images that virtual subjects have. */
export const VIRTUAL_WEIGHTINGS = ['PDw', 'T2w'] as const satisfies Weighting[];

export function weightedImage(
  subject: Readonly<Record<(typeof VIRTUAL_WEIGHTINGS)[number], Float32Array>>,
  name: Weighting,
): Float32Array {
  if (name !== 'PDw' && name !== 'T2w') throw new Error(`virtual subjects have no ${name}`);
  return subject[name];
}

/** The repetition that is given, the first, and the mean of the six that are the reference. */
export function oneAndSix(
  repetitions: readonly Float32Array[],
  inputAmongSix: boolean,
): { one: Float32Array; six: Float32Array } {
  const averaged = repetitions.slice(inputAmongSix ? 0 : 1, inputAmongSix ? SIX : SIX + 1);
  const [one] = repetitions;
  return { one, six: one.map((_, i) => averaged.reduce((sum, each) => sum + each[i], 0) / SIX) };
}

/** The lesions of the entries of the i-th subject: so that of the first n subjects, for every n, about the shares have them. */
export function kindsOf(i: number, lesions: SomeLesions | 'each'): readonly Lesions[] {
  if (lesions === 'each') return LESIONS;
  const before = countOf(i, lesions.share);
  if (countOf(i + 1, lesions.share) === before) return ['none'];
  return [countOf(before + 1, lesions.unseen) === countOf(before, lesions.unseen) ? 'seen' : 'unseen'];
}

const countOf = (n: number, share: number): number => Math.floor(n * share + 1e-9);
