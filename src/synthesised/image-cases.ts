import type { Batch } from '../contracts/learner.ts';
import type { Cases } from '../learning/cases.ts';
import type { Vary } from '../learning/train.ts';
import { SIX } from './data-cells.ts';
import { entrySize, type ImageName, type PackedBrains } from './packed-brains.ts';

/** Networks see perfusion in this unit, ml/100 g/min, so that it is about 1. It is never scaled per subject. */
export const PERFUSION_UNIT = 50;

/** The channels of weighted images, after the first one, of perfusion. */
export const WEIGHTED = ['PDw', 'T2w'] as const;

export interface SeenImages {
  /** The first channel. */
  readonly perfusion: 'one' | 'truth';
  /** Whether PD- and T2-weighted images follow. */
  readonly weighted: boolean;
  readonly target: 'six' | 'truth';
}

/** Slices of some entries, as a network takes them: [height, width, channels] to [height, width, 1]. */
export function imageCases(
  brains: PackedBrains,
  entries: readonly number[],
  { perfusion, weighted, target }: SeenImages,
): Cases {
  const { shape, images } = brains;
  const [slices, height, width] = shape;
  const each = entrySize(brains);
  const channels: ImageName[] = [perfusion, ...(weighted ? WEIGHTED : [])];
  const inputs = new Float32Array(entries.length * each * channels.length);
  const targets = new Float32Array(entries.length * each);
  entries.forEach((entry, at) => {
    channels.forEach((name, channel) => {
      const [image, unit] = [images[name], channel === 0 ? PERFUSION_UNIT : 1];
      for (let i = 0; i < each; i++) {
        inputs[(at * each + i) * channels.length + channel] = image[entry * each + i] / unit;
      }
    });
    const wanted = images[target];
    for (let i = 0; i < each; i++) targets[at * each + i] = wanted[entry * each + i] / PERFUSION_UNIT;
  });
  return { n: entries.length * slices, shape: [height, width, channels.length], inputs, targets };
}

export interface FreshNoise {
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Of one repetition, ml/100 g/min. */
  readonly sigma: number;
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
 */
export function freshNoise({ shape, sigma, inputAmongSix, target, turn, drop }: FreshNoise): Vary {
  const [height, width, channels] = shape;
  const pixels = height * width;
  const relative = sigma / PERFUSION_UNIT;
  // The mean of six independent ones; or a sixth of the input's own noise and the mean of five more.
  const [shared, own] = inputAmongSix ? [1 / SIX, Math.sqrt(SIX - 1) / SIX] : [0, 1 / Math.sqrt(SIX)];
  const noise = new Float64Array(pixels);
  const ofSix = new Float64Array(pixels);
  return ({ n, inputs, targets }: Batch, random) => {
    for (let i = 0; i < n; i++) {
      const input = inputs.subarray(i * pixels * channels, (i + 1) * pixels * channels);
      const wanted = targets.subarray(i * pixels, (i + 1) * pixels);
      if (turn) {
        const orientation = Math.floor(8 * random.uniform());
        orient(input, width, channels, orientation);
        orient(wanted, width, 1, orientation);
      }
      random.fillGaussian(noise);
      for (let at = 0; at < pixels; at++) input[at * channels] += relative * noise[at];
      if (target === 'six') {
        random.fillGaussian(ofSix);
        for (let at = 0; at < pixels; at++) wanted[at] += relative * (shared * noise[at] + own * ofSix[at]);
      }
      for (let channel = 1; channel < channels; channel++) {
        if (drop === 0 || random.uniform() >= drop) continue;
        for (let at = channel; at < input.length; at += channels) input[at] = 0;
      }
    }
  };
}

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
