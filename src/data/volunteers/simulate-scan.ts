import type { ParameterName } from '../../contracts/voxels.ts';
import { Mt19937 } from '../../random/mt19937.ts';
import { deriveSeed } from '../../random/seed.ts';
import { biexponential } from '../../signal/biexponential.ts';
import { addRicianNoise } from '../../signal/rician.ts';
import { tissueAt, type Anatomy } from './anatomy.ts';
import { drawRegions } from './draw-regions.ts';
import { eachVoxel } from './each-voxel.ts';
import { BODY, Occupancy } from './occupancy.ts';
import { b0Signal, noiseLevel } from './relaxation.ts';
import { drawScanSpace, type ScanSpace } from './scan-space.ts';
import type { VolunteersSettings } from './settings.ts';

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
 * one.
 */
export function simulateScan(
  settings: VolunteersSettings,
  anatomy: Anatomy,
  subject: number,
  sessionName: string,
): Scan {
  const { bValues, seed, organs, readers } = settings;
  const session = settings.sessions[sessionName];
  const seedFor = (...axes: readonly string[]) =>
    deriveSeed(seed, 'volunteers', axes[0], subject, sessionName, ...axes.slice(1));
  const space = drawScanSpace(settings.image, seedFor('space'));
  const voxels = space.shape[0] * space.shape[1] * space.shape[2];
  const nan = () => new Float64Array(voxels).fill(NaN);
  const truth = { S0: new Float64Array(voxels), D: nan(), f: nan(), Dp: nan() };
  const labels = new Uint8Array(voxels);
  const series = new Float32Array(voxels * bValues.length);

  const { surroundings } = anatomy;
  const tissues = [surroundings, ...Object.values(organs.regions)];
  // Rounded as the image will be; otherwise all voxels of a tissue would share an error at b=0 that averaging does not remove.
  const S0 = tissues.map((tissue) => Math.fround(b0Signal(tissue, session)));
  const organOf = [...anatomy.organs].sort((a, b) => a.index - b.index);
  const occupancy = new Occupancy(anatomy, space, settings.subvoxels);
  const sigma = settings.noise ? noiseLevel(organs, session) : 0;
  const noise = new Mt19937(seedFor('noise'));
  const shares = new Float64Array(tissues.length);
  const parameters = new Float64Array(3);
  const signal = new Float64Array(bValues.length);

  eachVoxel(space, (voxel, x, y, z) => {
    occupancy.shares(voxel, x, y, z, shares);
    signal.fill(0);
    let [tissue, blood, tissueD, bloodDp] = [0, 0, 0, 0];
    for (let t = 0; t < shares.length; t++) {
      if (shares[t] === 0) continue;
      if (t === BODY) parameters.set([surroundings.D, surroundings.f, surroundings.Dp]);
      else tissueAt(organOf[t - 1], x, y, z, parameters);
      const [D, f, Dp] = parameters;
      const amount = shares[t] * S0[t];
      for (let k = 0; k < bValues.length; k++) signal[k] += amount * biexponential(bValues[k], D, f, Dp);
      tissue += amount * (1 - f);
      blood += amount * f;
      tissueD += amount * (1 - f) * D;
      bloodDp += amount * f * Dp;
      if (t !== BODY && shares[t] >= 0.5 && labels[voxel] === 0) labels[voxel] = t;
    }
    if (tissue + blood > 0) {
      truth.S0[voxel] = tissue + blood;
      truth.D[voxel] = tissueD / tissue;
      truth.f[voxel] = blood / (tissue + blood);
      truth.Dp[voxel] = bloodDp / blood;
    }
    if (sigma > 0) addRicianNoise(signal, sigma, noise);
    for (let k = 0; k < signal.length; k++) series[k * voxels + voxel] = signal[k];
  });

  const drawings = Object.entries(readers).map(([reader, habits]) => {
    const seedOf = (region: string) => seedFor('reader', reader, region);
    return [reader, drawRegions(anatomy, space, habits, seedOf)] as const;
  });
  return { space, series, sigma, truth, organs: labels, drawings: new Map(drawings) };
}
