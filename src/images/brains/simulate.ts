import { Mt19937 } from '../../random/mt19937.ts';
import { QuickRandom } from '../../random/quick-random.ts';
import { deriveSeed } from '../../random/seed.ts';
import { gridOf, voxelCount, type Affine, type Grid, type Triple } from '../volume.ts';
import { evaluateWaves, smoothWaves } from '../waves.ts';
import type { Anatomy } from './anatomy.ts';
import type { BrainSettings } from './settings.ts';

/** Which lesions a subject has: none, or such that the weighted images show, or such that they don't. */
export const LESIONS = ['none', 'seen', 'unseen'] as const;
export type Lesions = (typeof LESIONS)[number];

/** A virtual subject. Everything is decided by the anatomy, the settings and its number. */
export interface VirtualBrain extends Grid {
  /** Perfusion without noise, ml/100 g/min. */
  readonly truth: Float32Array;
  /** Weighted images in the scanner's arbitrary unit. */
  readonly PDw: Float32Array;
  readonly T2w: Float32Array;
  /** Share of each voxel that is tissue or fluid of the brain, 0 to 1. */
  readonly brain: Float32Array;
}

/** Middle of the imaged box in MNI space, mm. */
const MIDDLE: Triple = [0, -17, 14];
/** Over what distance the two deformations, the variations of perfusion and of borders and the receive field vary, mm; and how many waves make each. */
const DEFORMATION = { distance: 30, waves: 24 };
const FOLDING = { distance: 10, waves: 48 };
const TERRITORY = { distance: 25, waves: 32 };
const THICKNESS = { distance: 6, waves: 64 };
const BIAS = { distance: 80, waves: 6 };
/** A lesion's middle lies where so much is grey or white matter. */
const LESION_TISSUE = 0.8;

const TISSUES = ['grey', 'white', 'fluid'] as const;
/** The tissues that lesions change: there are none in fluid. */
const DISEASED: readonly (typeof TISSUES)[number][] = ['grey', 'white'];

/**
 * Simulates subjects one at a time. A subject's number decides its anatomy and perfusion, its receive field, its noise and its lesions from
 * seeds of their own, so that the same subject with and without lesions differs in these alone.
 */
export class BrainSimulator {
  readonly settings: BrainSettings;
  readonly grid: Grid;
  readonly #anatomy: Anatomy;

  constructor(anatomy: Anatomy, settings: BrainSettings) {
    this.#anatomy = anatomy;
    this.settings = settings;
    const { size, pixel, slices, gap } = settings.image;
    const middle = [size, size, slices].map((count, axis) => ([pixel, pixel, gap][axis] * (count - 1)) / 2);
    this.grid = gridOf(
      [size, size, slices],
      [
        [pixel, 0, 0, MIDDLE[0] - middle[0]],
        [0, pixel, 0, MIDDLE[1] - middle[1]],
        [0, 0, gap, MIDDLE[2] - middle[2]],
      ],
    );
  }

  /** Simulates the subject of this number, a whole number from 0 on. */
  simulate(number: number, lesions: Lesions): VirtualBrain {
    const { settings, grid } = this;
    const { tissues, variation, sequences } = settings;
    const shares = this.#deformed(number);
    const random = new Mt19937(this.#seed('perfusion', number));
    const level = variation.perfusion * random.gaussian();
    const CBF = TISSUES.map(
      (name) => tissues[name].CBF * Math.exp(level + variation.tissue * random.gaussian()),
    );
    const territory = this.#field(random, TERRITORY, grid.affine);
    const lesion = lesions === 'none' ? undefined : this.#lesions(number, shares);
    const shown = lesions === 'seen';
    const relaxation = this.#relaxation(number);

    /** Density (1 - exp(-TR / T1)) exp(-TE / T2), a spin echo whose echo time is far below its repetition time. */
    const spinEcho = (TE: number, inLesion: boolean) =>
      TISSUES.map((name, tissue) => {
        const { density } = tissues[name];
        const { T1, T2 } = relaxation[tissue];
        const changes = inLesion && DISEASED.includes(name);
        const [longer, more] = changes ? [settings.lesions.T2, settings.lesions.density] : [1, 1];
        return density * more * (1 - Math.exp(-sequences.TR / T1)) * Math.exp(-TE / (T2 * longer));
      });
    const weighted = ([sequences.PDw, sequences.T2w] as const).map((TE) => ({
      image: new Float32Array(voxelCount(grid)),
      healthy: spinEcho(TE, false),
      diseased: spinEcho(TE, true),
    }));
    const truth = new Float32Array(voxelCount(grid));
    const brain = new Float32Array(voxelCount(grid));
    const sum = (signals: readonly number[], i: number) =>
      signals[0] * shares[0][i] + signals[1] * shares[1][i] + signals[2] * shares[2][i];
    for (let i = 0; i < truth.length; i++) {
      brain[i] = shares[0][i] + shares[1][i] + shares[2][i];
      const tissue = CBF[0] * shares[0][i] + CBF[1] * shares[1][i];
      const perfusion = (lesion?.perfusion[i] ?? 1) * tissue + CBF[2] * shares[2][i];
      truth[i] = perfusion * Math.exp(variation.territory * territory[i]);
      const part = shown ? lesion!.share[i] : 0;
      for (const { image, healthy, diseased } of weighted) {
        image[i] = (1 - part) * sum(healthy, i) + (part === 0 ? 0 : part * sum(diseased, i));
      }
    }
    this.#receive(
      number,
      weighted.map(({ image }) => image),
    );
    return { ...grid, truth, brain, PDw: weighted[0].image, T2w: weighted[1].image };
  }

  /**
   * Noise of a repetition, counted from 1, added to the perfusion of a subject. It is Gaussian and independent: a perfusion image of
   * arterial spin labelling is the difference of two magnitude images whose signal is some hundred times their noise, and the bias of a
   * Rician is a share of sigma² / signal there.
   */
  repetition(number: number, repetition: number, truth: Float32Array): Float32Array {
    const noise = new Float64Array(truth.length);
    new QuickRandom(this.#seed('repetition', number, repetition)).fillGaussian(noise);
    const sigma = this.settings.noise.perfusion;
    return truth.map((value, i) => value + sigma * noise[i]);
  }

  #seed(what: string, ...axes: number[]): number {
    return deriveSeed(this.settings.seed, 'brains', what, ...axes);
  }

  /** A smooth field of variance 1. */
  #field(random: Mt19937, { distance, waves }: typeof BIAS, frame: Affine): Float32Array {
    const field = new Float32Array(voxelCount(this.grid));
    evaluateWaves(smoothWaves(random, waves, distance), this.grid, frame, field);
    return field;
  }

  /** T1 and T2 of the tissues of a subject, ms. */
  #relaxation(number: number): { T1: number; T2: number }[] {
    const { tissues, variation } = this.settings;
    const random = new Mt19937(this.#seed('relaxation', number));
    const factor = () => Math.exp(variation.relaxation * random.gaussian());
    return TISSUES.map((name) => ({ T1: tissues[name].T1 * factor(), T2: tissues[name].T2 * factor() }));
  }

  /** Shares of the tissues per voxel: each place in the scanner is turned, scaled and smoothly displaced to one in the anatomy. */
  #deformed(number: number): Float32Array[] {
    const { grid, settings } = this;
    const { position, rotation, size, deformation, folding, boundary, thickness, sharpness } =
      settings.variation;
    const random = new Mt19937(this.#seed('anatomy', number));
    const pose = affineAbout(
      MIDDLE,
      [0, 1, 2].map(() => (rotation * random.gaussian() * Math.PI) / 180),
      [0, 1, 2].map(() => Math.exp(size * random.gaussian())),
      [0, 1, 2].map(() => position * random.gaussian()),
    );
    const displaced = [0, 1, 2].map(() => this.#field(random, DEFORMATION, grid.affine));
    const folded = [0, 1, 2].map(() => this.#field(random, FOLDING, grid.affine));
    const odds = TISSUES.map(() => Math.exp(boundary * random.gaussian()));
    const power = Math.exp(sharpness * random.gaussian());
    const local = thickness > 0 ? TISSUES.map(() => this.#field(random, THICKNESS, grid.affine)) : [];
    const oddsAt = (at: number) =>
      thickness > 0 ? odds.map((odd, tissue) => odd * Math.exp(thickness * local[tissue][at])) : odds;
    const [nx, ny, nz] = grid.shape;
    const shares = TISSUES.map(() => new Float32Array(voxelCount(grid)));
    for (let k = 0, at = 0; k < nz; k++) {
      for (let j = 0; j < ny; j++) {
        for (let i = 0; i < nx; i++, at++) {
          const place = [0, 1, 2].map(
            (axis) =>
              grid.affine[axis][0] * i +
              grid.affine[axis][1] * j +
              grid.affine[axis][2] * k +
              grid.affine[axis][3],
          );
          const [x, y, z] = [0, 1, 2].map(
            (axis) =>
              pose[axis][0] * place[0] +
              pose[axis][1] * place[1] +
              pose[axis][2] * place[2] +
              pose[axis][3] +
              deformation * displaced[axis][at] +
              folding * folded[axis][at],
          );
          sample(this.#anatomy, x, y, z, shares, at);
          shiftOdds(shares, oddsAt(at), power, at);
        }
      }
    }
    return shares;
  }

  /** Share of each voxel that is in a lesion, and the factor of its perfusion. */
  #lesions(
    number: number,
    shares: readonly Float32Array[],
  ): { share: Float32Array; perfusion: Float32Array } {
    const { grid, settings } = this;
    const { count, radius, low, high } = settings.lesions;
    const random = new Mt19937(this.#seed('lesions', number));
    const between = ([from, to]: readonly [number, number]) => from + (to - from) * random.uniform();
    const places: number[] = [];
    for (let i = 0; i < shares[0].length; i++)
      if (shares[0][i] + shares[1][i] >= LESION_TISSUE) places.push(i);
    const share = new Float32Array(shares[0].length);
    const perfusion = new Float32Array(shares[0].length).fill(1);
    if (places.length === 0) return { share, perfusion };
    const [nx, ny, nz] = grid.shape;
    for (let lesion = 0; lesion < count; lesion++) {
      const center = places[Math.floor(random.uniform() * places.length)];
      const [ci, cj, ck] = [center % nx, Math.floor(center / nx) % ny, Math.floor(center / (nx * ny))];
      const r = between(radius);
      const factor = random.uniform() < 0.5 ? between(low) : between(high);
      for (let k = 0, at = 0; k < nz; k++) {
        for (let j = 0; j < ny; j++) {
          for (let i = 0; i < nx; i++, at++) {
            const distance = Math.hypot(
              (i - ci) * grid.voxel[0],
              (j - cj) * grid.voxel[1],
              (k - ck) * grid.voxel[2],
            );
            // An edge as wide as a pixel.
            const part = Math.min(1, Math.max(0, 0.5 + (r - distance) / grid.voxel[0]));
            if (part === 0) continue;
            share[at] = Math.max(share[at], part);
            perfusion[at] *= 1 + part * (factor - 1);
          }
        }
      }
    }
    return { share, perfusion };
  }

  /** Receive field of both weighted images, and Rician noise of each (Gudbjartsson and Patz 1995). */
  #receive(number: number, images: readonly Float32Array[]): void {
    const { noise, tissues, sequences, variation } = this.settings;
    const { T1, T2, density } = tissues.white;
    const sigma =
      noise.weighted * density * (1 - Math.exp(-sequences.TR / T1)) * Math.exp(-sequences.PDw / T2);
    const field = this.#field(new Mt19937(this.#seed('receive field', number)), BIAS, this.grid.affine);
    const random = new QuickRandom(this.#seed('noise', number));
    const drawn = new Float64Array(2 * field.length);
    for (const image of images) {
      random.fillGaussian(drawn);
      for (let i = 0; i < image.length; i++) {
        const real = image[i] * Math.exp(variation.bias * field[i]) + sigma * drawn[2 * i];
        image[i] = Math.hypot(real, sigma * drawn[2 * i + 1]);
      }
    }
  }
}

/** p = m + R S (s - m) + t about a middle m: rotations about x, y and z in turn, radians. */
function affineAbout(
  middle: Triple,
  [a, b, c]: readonly number[],
  scales: readonly number[],
  shift: readonly number[],
): number[][] {
  const [ca, sa, cb, sb, cc, sc] = [a, b, c].flatMap((angle) => [Math.cos(angle), Math.sin(angle)]);
  const rotation = [
    [cc * cb, cc * sb * sa - sc * ca, cc * sb * ca + sc * sa],
    [sc * cb, sc * sb * sa + cc * ca, sc * sb * ca - cc * sa],
    [-sb, cb * sa, cb * ca],
  ];
  return rotation.map((row, axis) => {
    const scaled = row.map((value, k) => value * scales[k]);
    const moved = scaled.reduce((sum, value, k) => sum + value * middle[k], 0);
    return [...scaled, middle[axis] + shift[axis] - moved];
  });
}

/** Raises the shares of a voxel to a power and multiplies the odds of tissues against each other; the sum of the shares stays. */
function shiftOdds(
  shares: readonly Float32Array[],
  odds: readonly number[],
  power: number,
  at: number,
): void {
  const before = shares[0][at] + shares[1][at] + shares[2][at];
  if (before === 0) return;
  // Of parts of the sum, so that the edge of the head stays as sharp as it is.
  const weights = odds.map((odd, tissue) => odd * (shares[tissue][at] / before) ** power);
  const after = weights[0] + weights[1] + weights[2];
  for (let tissue = 0; tissue < 3; tissue++) shares[tissue][at] = (weights[tissue] * before) / after;
}

/** Trilinear shares of an anatomy whose axes are those of space, at a place in mm; nothing outside it. */
function sample(
  { affine, shape, voxel, grey, white, fluid }: Anatomy,
  x: number,
  y: number,
  z: number,
  out: readonly Float32Array[],
  at: number,
): void {
  const [nx, ny, nz] = shape;
  const u = (x - affine[0][3]) / voxel[0];
  const v = (y - affine[1][3]) / voxel[1];
  const w = (z - affine[2][3]) / voxel[2];
  const [i, j, k] = [Math.floor(u), Math.floor(v), Math.floor(w)];
  if (i < 0 || j < 0 || k < 0 || i >= nx - 1 || j >= ny - 1 || k >= nz - 1) return;
  const base = i + nx * (j + ny * k);
  for (let corner = 0; corner < 8; corner++) {
    const [di, dj, dk] = [corner & 1, (corner >> 1) & 1, corner >> 2];
    const weight = (di ? u - i : 1 - u + i) * (dj ? v - j : 1 - v + j) * (dk ? w - k : 1 - w + k);
    const from = base + di + nx * (dj + ny * dk);
    out[0][at] += weight * grey[from];
    out[1][at] += weight * white[from];
    out[2][at] += weight * fluid[from];
  }
}
