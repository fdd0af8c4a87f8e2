import { InputError } from '../contracts/input-error.ts';
import type { Cases } from '../learning/cases.ts';
import type { Shape } from '../contracts/learner.ts';
import { channelsOf } from './channels.ts';
import type { PackedAbdomens, Person } from './packed-abdomens.ts';

/** What a network on slices is given. */
export interface SliceInputs {
  readonly bValues: readonly number[];
  /** Slices on either side that are channels as well. */
  readonly neighbours: number;
  /** Whether the place in the field of view is given as three more channels, the last ones (after Liu et al. 2018, CoordConv). */
  readonly position?: boolean;
}

/** Channels with the place of a voxel. */
export const placeChannels = ({ position }: Pick<SliceInputs, 'position'>): number => (position ? 3 : 0);

/** Places are given in decimetres from the middle of the field of view, which is numbers of the size of the others. */
const DECIMETRE = 100;

/**
 * Slices of people as cases, a person after the other, each from the lowest slice: the channels are the volumes of the slice and of its
 * neighbours; at the ends of a scan the last slice stands for those beyond it. With `position` the place follows. Targets are shares of classes, background first.
 *
 * @param labelsOf the label maps of a person, whose mean is the target; none: targets are 0
 * @param shape of the slices that a network was built for; absent: that of the first person
 * @throws InputError where a scan has slices of another size, or lacks a b-value
 */
export function sliceCases(
  abdomens: PackedAbdomens,
  people: readonly Person[],
  { bValues, neighbours, position }: SliceInputs,
  labelsOf: (person: Person) => readonly Uint8Array[],
  shape?: Shape,
): Cases {
  const classes = abdomens.regions.length + 1;
  const channels = bValues.length * (2 * neighbours + 1) + placeChannels({ position });
  const [width, height] = shape ? [shape[1], shape[0]] : people[0].grid.shape;
  const pixels = width * height;
  const n = people.reduce((sum, { grid }) => sum + grid.shape[2], 0);
  const inputs = new Float32Array(n * pixels * channels);
  const targets = new Float32Array(n * pixels * classes);
  let at = 0;
  for (const person of people) {
    const { shape: size, voxel } = person.grid;
    const [nx, ny, nz] = size;
    const place = (index: number, axis: 0 | 1 | 2) =>
      ((index - (size[axis] - 1) / 2) * voxel[axis]) / DECIMETRE;
    if (nx !== width || ny !== height) {
      throw new InputError(
        `${person.name}: has slices of ${nx} x ${ny} voxels; allowed: ${width} x ${height}, as the network is trained on`,
      );
    }
    const volumes = channelsOf(person, abdomens, bValues);
    const maps = labelsOf(person);
    for (let slice = 0; slice < nz; slice++, at++) {
      let channel = 0;
      for (let offset = -neighbours; offset <= neighbours; offset++) {
        const from = Math.min(Math.max(slice + offset, 0), nz - 1) * pixels;
        for (const volume of volumes) {
          for (let i = 0; i < pixels; i++) inputs[(at * pixels + i) * channels + channel] = volume[from + i];
          channel++;
        }
      }
      if (position) {
        for (let i = 0; i < pixels; i++) {
          inputs.set(
            [place(i % width, 0), place(Math.floor(i / width), 1), place(slice, 2)],
            (at * pixels + i) * channels + channel,
          );
        }
      }
      for (const map of maps) {
        for (let i = 0; i < pixels; i++)
          targets[(at * pixels + i) * classes + map[slice * pixels + i]] += 1 / maps.length;
      }
    }
  }
  return { n, shape: [height, width, channels], inputs, targets };
}

/**
 * Whole scans as cases, for networks of three dimensions: the same numbers as those of their slices without neighbours, `[slices, height, width,
 * channels]`.
 * @throws InputError where a scan has another size, or lacks a b-value
 */
export function scanCases(
  abdomens: PackedAbdomens,
  people: readonly Person[],
  { bValues, position }: Omit<SliceInputs, 'neighbours'>,
  labelsOf: (person: Person) => readonly Uint8Array[],
  shape?: Shape,
): Cases {
  const slices = shape ? shape[0] : people[0].grid.shape[2];
  for (const { name, grid } of people) {
    if (grid.shape[2] === slices) continue;
    throw new InputError(
      `${name}: has ${grid.shape[2]} slices; allowed: ${slices}, as the network is trained on`,
    );
  }
  const cases = sliceCases(abdomens, people, { bValues, neighbours: 0, position }, labelsOf, shape?.slice(1));
  return { ...cases, n: people.length, shape: [slices, ...cases.shape] };
}

/** The class of the largest number of each row. @param values rows of so many classes */
export function largestClass(values: Float32Array, classes: number): Uint8Array {
  const labels = new Uint8Array(values.length / classes);
  for (let i = 0; i < labels.length; i++) {
    let best = 0;
    for (let c = 1; c < classes; c++) if (values[i * classes + c] > values[i * classes + best]) best = c;
    labels[i] = best;
  }
  return labels;
}
