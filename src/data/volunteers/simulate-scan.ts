import type { ParameterName } from '../../contracts/voxels.ts';
import { Mt19937 } from '../../random/mt19937.ts';
import { deriveSeed } from '../../random/seed.ts';
import { biexponential } from '../../signal/biexponential.ts';
import { addRicianNoise } from '../../signal/rician.ts';
import { LARGEST_F, tissueAt, type Anatomy, type Organ } from './anatomy.ts';
import { drawRegions } from './draw-regions.ts';
import { eachVoxel } from './each-voxel.ts';
import { BODY, Occupancy } from './occupancy.ts';
import { b0Signal, noiseLevel } from './relaxation.ts';
import { drawScanSpace, type ScanSpace } from './scan-space.ts';
import type { Session, Surroundings, VolunteersSettings } from './settings.ts';
import { tissueInSession, type TissueInSession } from './tissue-in-session.ts';

/** One session of one person, x fastest. */
export interface Scan {
  readonly space: ScanSpace;
  /** One volume per b-value, concatenated in the order of the settings. */
  readonly series: Float32Array;
  /** Noise per quadrature channel in the unit of `series`; 0 without noise. */
  readonly sigma: number;
  /** Without noise; D, f and Dp are NaN in air. In a voxel of several tissues, the parameters of the combined compartments. */
  readonly truth: Readonly<Record<ParameterName | 'S0', Float64Array>>;
  /** Index of the organ that fills at least half of a voxel; otherwise 0. */
  readonly organs: Uint8Array;
  /** The drawings of each reader. */
  readonly drawings: ReadonlyMap<string, Uint8Array>;
}

/**
 * Simulates a scan. The signal of a voxel is the sum over its tissues, weighted by fraction, of S0 (f exp(-b Dp) + (1 - f)
 * exp(-b D)). Its true f is the blood's part of the signal at b=0, and its true D and Dp are the means over tissue and over
 * blood, weighted by signal at b=0: exact for a voxel of one tissue, and the initial slopes of the two compartments of a mixed
 * one. With `motion` every volume shows the body displaced; the truth and the drawings are those of the body at rest.
 */
export function simulateScan(
  settings: VolunteersSettings,
  anatomy: Anatomy,
  subject: number,
  sessionName: string,
): Scan {
  const { bValues, seed, organs } = settings;
  const session = settings.sessions[sessionName];
  const { motion, readers } = session.idealOf === undefined ? settings : idealReading(settings);
  const seedFor = (...axes: readonly string[]) =>
    deriveSeed(seed, 'volunteers', axes[0], subject, session.idealOf ?? sessionName, ...axes.slice(1));
  const space = drawScanSpace(settings.image, seedFor('space'));
  const voxels = space.shape[0] * space.shape[1] * space.shape[2];
  const nan = () => new Float64Array(voxels).fill(NaN);
  const truth = { S0: new Float64Array(voxels), D: nan(), f: nan(), Dp: nan() };
  const labels = new Uint8Array(voxels);
  const series = new Float32Array(voxels * bValues.length);

  const body = new Body(settings, anatomy, session);
  const still = new Occupancy(anatomy, space, settings.subvoxels);
  const moving = new Mt19937(seedFor('motion'));
  // The tissue at a point of a displaced body is that of the body at rest, the displacement earlier.
  const displaced = motion.some((sd) => sd > 0)
    ? bValues.map(() => {
        const [dx, dy, dz] = motion.map((sd) => sd * moving.gaussian());
        const { origin } = space;
        const seen: ScanSpace = { ...space, origin: [origin[0] - dx, origin[1] - dy, origin[2] - dz] };
        return { occupancy: new Occupancy(anatomy, seen, settings.subvoxels), dx, dy, dz };
      })
    : [];
  const sigma = settings.noise ? noiseLevel(organs, session) : 0;
  const noise = new Mt19937(seedFor('noise'));
  const shares = new Float64Array(body.tissues);
  const compartments = new Float64Array(COMPARTMENTS);
  const signal = new Float64Array(bValues.length);

  eachVoxel(space, (voxel, x, y, z) => {
    signal.fill(0);
    still.shares(voxel, x, y, z, shares);
    body.add(shares, x, y, z, 0, displaced.length > 0 ? 0 : bValues.length, signal, compartments);
    for (let t = 0; t < shares.length && labels[voxel] === 0; t++) {
      if (t !== BODY && shares[t] >= 0.5) labels[voxel] = t;
    }
    const [tissue, blood, tissueD, bloodDp] = compartments;
    if (tissue + blood > 0) {
      truth.S0[voxel] = tissue + blood;
      truth.D[voxel] = tissueD / tissue;
      truth.f[voxel] = blood / (tissue + blood);
      truth.Dp[voxel] = bloodDp / blood;
    }
    for (let k = 0; k < displaced.length; k++) {
      const { occupancy, dx, dy, dz } = displaced[k];
      occupancy.shares(voxel, x - dx, y - dy, z - dz, shares);
      body.add(shares, x - dx, y - dy, z - dz, k, k + 1, signal, compartments);
    }
    if (sigma > 0) addRicianNoise(signal, sigma, noise);
    for (let k = 0; k < signal.length; k++) series[k * voxels + voxel] = signal[k];
  });

  const drawings = Object.entries(readers).map(([reader, habits]) => {
    const seedOf = (region: string, what: 'contour' | 'discs') =>
      what === 'contour' ? seedFor('reader', reader, region) : seedFor('reader', reader, region, what);
    return [reader, drawRegions(anatomy, space, habits, seedOf)] as const;
  });
  return { space, series, sigma, truth, organs: labels, drawings: new Map(drawings) };
}

/** How sessions with `idealOf` are scanned and read. */
const idealReading = ({ ideal }: VolunteersSettings): Pick<VolunteersSettings, 'motion' | 'readers'> => ({
  motion: [0, 0, 0],
  readers: ideal!.readers,
});

/** Sums of tissue and of blood, both at b=0, and of their products with D and with Dp. */
const COMPARTMENTS = 4;

/** The tissues of one person in one session, and their signals. */
class Body {
  /** Number of tissues: the body around the organs, then the organs by their index. */
  readonly tissues: number;
  readonly #settings: VolunteersSettings;
  readonly #organs: readonly Organ[];
  readonly #around: Surroundings;
  readonly #inSession: readonly TissueInSession[];
  readonly #S0: readonly number[];
  readonly #parameters = new Float64Array(3);

  constructor(settings: VolunteersSettings, { organs, surroundings }: Anatomy, session: Session) {
    const tissues = [surroundings, ...Object.values(settings.organs.regions)];
    this.tissues = tissues.length;
    this.#settings = settings;
    this.#organs = [...organs].sort((a, b) => a.index - b.index);
    this.#around = surroundings;
    this.#inSession = tissues.map((tissue) => tissueInSession(settings.organs, tissue, session));
    // Rounded as the image will be; otherwise all voxels of a tissue would share an error at b=0 that averaging does not remove.
    this.#S0 = tissues.map((tissue) => Math.fround(b0Signal(tissue, session)));
  }

  /**
   * Adds the signals of a voxel at the b-values `from` to `to` (exclusive).
   * @param shares fraction of every tissue in the voxel
   * @param signal one per b-value; added to
   * @param compartments see `COMPARTMENTS`; overwritten
   */
  add(
    shares: Float64Array,
    x: number,
    y: number,
    z: number,
    from: number,
    to: number,
    signal: Float64Array,
    compartments: Float64Array,
  ): void {
    const { bValues } = this.#settings;
    const parameters = this.#parameters;
    compartments.fill(0);
    for (let t = 0; t < shares.length; t++) {
      if (shares[t] === 0) continue;
      if (t === BODY) {
        parameters[0] = this.#around.D;
        parameters[1] = this.#around.f;
        parameters[2] = this.#around.Dp;
      } else tissueAt(this.#organs[t - 1], x, y, z, parameters);
      const { factors, bloodWeight } = this.#inSession[t];
      const D = parameters[0] * factors.D;
      const listed = Math.min(parameters[1] * factors.f, LARGEST_F);
      const Dp = Math.max(parameters[2] * factors.Dp, D);
      const weight = bloodWeight === 1 ? 1 : 1 - listed + listed * bloodWeight;
      const f = (listed * bloodWeight) / weight;
      const amount = shares[t] * this.#S0[t] * weight;
      for (let k = from; k < to; k++) signal[k] += amount * biexponential(bValues[k], D, f, Dp);
      compartments[0] += amount * (1 - f);
      compartments[1] += amount * f;
      compartments[2] += amount * (1 - f) * D;
      compartments[3] += amount * f * Dp;
    }
  }
}
