import type { Batch } from '../contracts/learner.ts';
import { COUNTS_FROM } from '../image-metrics/pixels.ts';
import type { Weighting } from '../images/weighting.ts';
import type { Cases } from '../learning/cases.ts';
import type { Vary } from '../learning/train.ts';
import { SIX } from '../measures/synthesis.ts';
import { entrySize, imageOf, type ImageName, type PackedBrains } from './packed-brains.ts';

/**
 * The unit in which networks see perfusion, so that it is about 1: its mean over the brains of the subjects that are trained on. It is
 * never scaled per subject.
 */
export function perfusionUnit({ images: { six, brain } }: PackedBrains): number {
  let [sum, n] = [0, 0];
  for (let i = 0; i < six.length; i++) {
    if (!(brain[i] > COUNTS_FROM)) continue;
    sum += six[i];
    n++;
  }
  return n > 0 && sum > 0 ? sum / n : 1;
}

export interface SeenImages {
  /** The first channel. */
  readonly perfusion: 'one' | 'truth';
  /** Those that follow. */
  readonly weighted: readonly Weighting[];
  readonly target: 'six' | 'truth';
  readonly unit: number;
}

/** Slices of some entries, as a network takes them: [height, width, channels] to [height, width, 1]. */
export function imageCases(
  brains: PackedBrains,
  entries: readonly number[],
  { perfusion, weighted, target, unit }: SeenImages,
): Cases {
  const [slices, height, width] = brains.shape;
  const each = entrySize(brains);
  const channels: ImageName[] = [perfusion, ...weighted];
  const inputs = new Float32Array(entries.length * each * channels.length);
  const targets = new Float32Array(entries.length * each);
  const wanted = imageOf(brains, target);
  const images = channels.map((name) => imageOf(brains, name));
  entries.forEach((entry, at) => {
    images.forEach((image, channel) => {
      const scale = channel === 0 ? unit : 1;
      for (let i = 0; i < each; i++) {
        inputs[(at * each + i) * channels.length + channel] = image[entry * each + i] / scale;
      }
    });
    for (let i = 0; i < each; i++) targets[at * each + i] = wanted[entry * each + i] / unit;
  });
  return { n: entries.length * slices, shape: [height, width, channels.length], inputs, targets };
}

/** How slices are varied every time they are trained on. */
export interface SliceVariation {
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly inputAmongSix: boolean;
  readonly target: 'six' | 'truth';
  /** Whether slices are mirrored and turned, for which they are square. */
  readonly turn: boolean;
  /** Probability with which each weighted image is replaced by zeros. */
  readonly drop: number;
}

/**
 * Adds the noise of a repetition to the perfusion of a batch, which comes without, and that of the mean of six to its targets where the
 * network is trained on it; turns slices, and leaves weighted images out.
 * @param sigma of one repetition, in the unit in which networks see perfusion
 */
export function freshNoise(variation: SliceVariation, sigma: number): Vary {
  const { shape, inputAmongSix, target } = variation;
  const [height, width, channels] = shape;
  const pixels = height * width;
  // The mean of six independent ones; or a sixth of the input's own noise and the mean of five more.
  const [shared, own] = inputAmongSix ? [1 / SIX, Math.sqrt(SIX - 1) / SIX] : [0, 1 / Math.sqrt(SIX)];
  const noise = new Float64Array(pixels);
  const ofSix = new Float64Array(pixels);
  return eachSlice(variation, (input, wanted, random) => {
    random.fillGaussian(noise);
    for (let at = 0; at < pixels; at++) input[at * channels] += sigma * noise[at];
    if (target !== 'six') return;
    random.fillGaussian(ofSix);
    for (let at = 0; at < pixels; at++) wanted[at] += sigma * (shared * noise[at] + own * ofSix[at]);
  });
}

/**
 * Gives a batch repetitions that were acquired: a random one of each slice, and as its target the mean of the six others, or of all six where the
 * one is among them, if the network is trained on it; turns slices, and leaves weighted images out.
 * @param slices whose first ones are trained on, in the order of the cases
 * @param unit in which networks see perfusion
 */
export function acquiredNoise(variation: SliceVariation, slices: PackedBrains, unit: number): Vary {
  const { shape, inputAmongSix, target } = variation;
  const [height, width, channels] = shape;
  const pixels = height * width;
  const perEntry = slices.shape[0];
  const repetitions = imageOf(slices, 'repetitions');
  const count = inputAmongSix ? SIX : SIX + 1;
  const start = (place: number, repetition: number) =>
    ((Math.floor(place / perEntry) * count + repetition) * perEntry + (place % perEntry)) * pixels;
  return eachSlice(variation, (input, wanted, random, place) => {
    const given = Math.floor(count * random.uniform());
    const from = start(place, given);
    for (let at = 0; at < pixels; at++) input[at * channels] = repetitions[from + at] / unit;
    if (target !== 'six') return;
    wanted.fill(0);
    for (let repetition = 0; repetition < count; repetition++) {
      if (repetition === given && !inputAmongSix) continue;
      const other = start(place, repetition);
      for (let at = 0; at < pixels; at++) wanted[at] += repetitions[other + at] / (SIX * unit);
    }
  });
}

type Random = Parameters<Vary>[1];

/** Gives every slice of a batch its noise, then turns it and leaves weighted images out. */
const eachSlice =
  (
    { shape: [height, width, channels], turn, drop }: SliceVariation,
    noise: (input: Float32Array, wanted: Float32Array, random: Random, place: number) => void,
  ): Vary =>
  ({ n, inputs, targets }: Batch, random, places) => {
    const pixels = height * width;
    for (let i = 0; i < n; i++) {
      const input = inputs.subarray(i * pixels * channels, (i + 1) * pixels * channels);
      const wanted = targets.subarray(i * pixels, (i + 1) * pixels);
      noise(input, wanted, random, places[i]);
      if (turn) {
        const orientation = Math.floor(ORIENTATIONS * random.uniform());
        orient(input, width, channels, orientation);
        orient(wanted, width, 1, orientation);
      }
      for (let channel = 1; channel < channels; channel++) {
        if (drop === 0 || random.uniform() >= drop) continue;
        for (let at = channel; at < input.length; at += channels) input[at] = 0;
      }
    }
  };

/** How many ways there are to lay a square image. */
export const ORIENTATIONS = 8;

/** Brings a square image in place to one of its eight orientations: bit 0 mirrors along x, bit 1 along y, bit 2 exchanges x and y. */
export function orient(values: Float32Array, size: number, channels: number, orientation: number): void {
  if (orientation === 0) return;
  const before = values.slice();
  for (let y = 0, to = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let [u, v] = [orientation & 1 ? size - 1 - x : x, orientation & 2 ? size - 1 - y : y];
      if (orientation & 4) [u, v] = [v, u];
      const from = (v * size + u) * channels;
      for (let channel = 0; channel < channels; channel++) values[to++] = before[from + channel];
    }
  }
}

/** The orientation that takes another one back: an exchange of x and y exchanges the two mirrors too. */
export const orientedBack = (orientation: number): number =>
  orientation & 4 ? 4 | ((orientation & 1) << 1) | ((orientation & 2) >> 1) : orientation;
