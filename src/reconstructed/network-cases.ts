import { coilSensitivities } from '../images/k-space/coils.ts';
import type { ComplexImage } from '../images/k-space/complex-image.ts';
import { variableDensityLines } from '../images/k-space/masks.ts';
import { measure, type Measured } from '../images/k-space/measure.ts';
import type { Cases } from '../learning/cases.ts';
import type { Vary } from '../learning/train.ts';
import { orient } from '../synthesised/image-cases.ts';
import { complexOf } from './measured-slices.ts';
import type { PackedHeads } from './packed-heads.ts';

/** Channels before those of the sensitivities: real and imaginary part of the zero-filled image, measured lines, acceleration. */
const FIRST = 4;
/** Networks are given the acceleration in this unit, so that it is about 1. */
const ACCELERATION_UNIT = 8;
/** Channels of a target: the true magnitude, and the share of the pixel that is brain. */
export const TARGETS = 2;

export const channelsFor = (coils: number): number => FIRST + 2 * coils;

/** Writes what a network is given of one slice: the channels that `src/models/unrolled.ts` describes. */
export function fillCase(
  input: Float32Array,
  { zeroFilled, lines, sensitivities }: Measured,
  acceleration: number,
): void {
  const { width, height, real, imaginary } = zeroFilled;
  const pixels = width * height;
  const coils = sensitivities.real.length / pixels;
  const channels = channelsFor(coils);
  for (let i = 0, at = 0; i < pixels; i++, at += channels) {
    input[at] = real[i];
    input[at + 1] = imaginary[i];
    input[at + 2] = lines[Math.floor(i / width)];
    input[at + 3] = acceleration / ACCELERATION_UNIT;
    for (let coil = 0; coil < coils; coil++) {
      input[at + FIRST + coil] = sensitivities.real[coil * pixels + i];
      input[at + FIRST + coils + coil] = sensitivities.imaginary[coil * pixels + i];
    }
  }
}

/**
 * All slices of a set, to be measured: the inputs hold the true magnitude and phase in their first two channels, for `freshMeasurement`.
 */
export function trueCases(heads: PackedHeads, coils: number): Cases {
  const [slices, height, width] = heads.shape;
  const [pixels, channels] = [height * width, channelsFor(coils)];
  const n = heads.subjects.length * slices;
  const inputs = new Float32Array(n * pixels * channels);
  const targets = new Float32Array(n * pixels * TARGETS);
  const { T2w, phase, brain } = heads.images;
  for (let i = 0; i < n * pixels; i++) {
    inputs[i * channels] = T2w[i];
    inputs[i * channels + 1] = phase[i];
    targets[i * TARGETS] = T2w[i];
    targets[i * TARGETS + 1] = brain[i];
  }
  return { n, shape: [height, width, channels], inputs, targets };
}

/** Measured slices as cases, one after the other. @param scan measures a slice of an entry, at its acceleration */
export function measuredCases(
  heads: PackedHeads,
  coils: number,
  scan: (entry: number, slice: number) => { readonly measured: Measured; readonly acceleration: number },
): Cases {
  const cases = trueCases(heads, coils);
  const [slices, height, width] = heads.shape;
  const size = height * width * channelsFor(coils);
  for (let place = 0; place < cases.n; place++) {
    const { measured, acceleration } = scan(Math.floor(place / slices), place % slices);
    fillCase(cases.inputs.subarray(place * size, (place + 1) * size), measured, acceleration);
  }
  return cases;
}

export interface FreshMeasurement {
  readonly height: number;
  readonly width: number;
  readonly coils: number;
  readonly accelerations: readonly number[];
  /** The power of the acceleration that the probability of it grows as. */
  readonly emphasis: number;
  readonly center: number;
  readonly sigma: number;
  /** Whether slices are mirrored along either axis. */
  readonly mirror: boolean;
}

/** Measures the slices of a batch anew, each at one of the accelerations, with lines and noise of its own. */
export function freshMeasurement({
  height,
  width,
  coils,
  accelerations,
  emphasis,
  center,
  sigma,
  mirror,
}: FreshMeasurement): Vary {
  const weights = accelerations.map((acceleration) => acceleration ** emphasis);
  const [pixels, channels] = [height * width, channelsFor(coils)];
  const sensitivities: ComplexImage = coilSensitivities(coils, width, height);
  const [magnitude, phase] = [new Float32Array(pixels), new Float32Array(pixels)];
  return ({ n, inputs, targets }, random) => {
    for (let place = 0; place < n; place++) {
      const input = inputs.subarray(place * pixels * channels, (place + 1) * pixels * channels);
      for (let i = 0; i < pixels; i++) {
        magnitude[i] = input[i * channels];
        phase[i] = input[i * channels + 1];
      }
      if (mirror) {
        const orientation = Math.floor(4 * random.uniform());
        for (const image of [magnitude, phase]) orient(image, width, 1, orientation);
        orient(
          targets.subarray(place * pixels * TARGETS, (place + 1) * pixels * TARGETS),
          width,
          TARGETS,
          orientation,
        );
      }
      const acceleration = accelerations[drawn(weights, random.uniform())];
      const seed = Math.floor(2 ** 32 * random.uniform());
      const lines = variableDensityLines({ lines: height, acceleration, center, seed });
      const image = complexOf(magnitude, phase, width, height);
      fillCase(input, measure(image, { sensitivities, lines, center, sigma }, random), acceleration);
    }
  };
}

/** The place that a number from 0 to 1 falls on where places are as wide as their weights. */
function drawn(weights: readonly number[], uniform: number): number {
  let left = uniform * weights.reduce((sum, weight) => sum + weight, 0);
  const place = weights.findIndex((weight) => (left -= weight) < 0);
  return place < 0 ? weights.length - 1 : place;
}

/**
 * What a network is given of a measured slice that is mirrored along x, y, or both. Mirrored along y, line k is what was line -k; the phase that
 * this brings to k-space cancels in F* M F.
 */
export function mirrored(slice: Measured, x: boolean, y: boolean): Measured {
  const { zeroFilled, sensitivities, lines } = slice;
  return {
    ...slice,
    zeroFilled: mirroredImage(zeroFilled, x, y),
    sensitivities: mirroredImage(sensitivities, x, y),
    lines: y ? lines.map((_, i) => lines[(lines.length - i) % lines.length]) : lines,
  };
}

/** Images of one size on top of each other, each mirrored. */
export function mirroredImage(image: ComplexImage, x: boolean, y: boolean): ComplexImage {
  const { width, height } = image;
  const turned = (values: Float64Array) =>
    values.map((_, i) => {
      const [column, row, from] = [i % width, Math.floor(i / width) % height, i - (i % (width * height))];
      return values[from + (y ? height - 1 - row : row) * width + (x ? width - 1 - column : column)];
    });
  return { width, height, real: turned(image.real), imaginary: turned(image.imaginary) };
}

/** The image of a case's output, real and imaginary parts in turn. */
export function imageOf(values: Float32Array, width: number, height: number): ComplexImage {
  const real = Float64Array.from({ length: width * height }, (_, i) => values[2 * i]);
  const imaginary = Float64Array.from({ length: width * height }, (_, i) => values[2 * i + 1]);
  return { width, height, real, imaginary };
}
