import type { Distribution, TissuePrior } from '../contracts/fitter.ts';
import type { LabelledSignals, Signals } from '../contracts/voxels.ts';
import { draw } from '../random/distribution.ts';
import { Mt19937 } from '../random/mt19937.ts';
import { biexponential } from '../signal/biexponential.ts';
import { addRicianNoise } from '../signal/rician.ts';
import { signalColumns } from './signal-columns.ts';

export interface PhantomSettings {
  /** s/mm², ascending, the first 0; each repeated as often as it is measured. */
  readonly bValues: Float64Array;
  readonly voxels: number;
  /** Signal at b=0 without noise. */
  readonly S0: number;
  readonly tissue: TissuePrior;
  /** Tissues assigned to voxels in turn, instead of draws from `tissue`. */
  readonly tissues?: readonly { readonly D: number; readonly f: number; readonly Dp: number }[];
  /** Standard deviation of the noise per quadrature channel, in the unit of S0. */
  readonly sigma: Distribution;
  /** Seeds of NumPy's legacy generator: one for tissue and noise level, one for the noise itself. */
  readonly seeds: { readonly parameters: number; readonly noise: number };
}

/**
 * Simulates voxels; with the study's settings they are identical to the study's, bit for bit: all Dp are drawn first, then all
 * D, all f and all noise levels; then the noise, voxel by voxel. Each voxel is divided by its own noisy b=0 signal, or by the
 * mean if there are several.
 */
export function simulatePhantom(settings: PhantomSettings): LabelledSignals {
  const { bValues: measured, voxels: n, S0, tissue, tissues = [] } = settings;
  const parameters = new Mt19937(settings.seeds.parameters);
  const column = (distribution: Distribution, high = Infinity) =>
    Float64Array.from({ length: n }, () => draw(distribution, parameters, 0, high));
  const parameter = (name: 'D' | 'f' | 'Dp', high?: number) =>
    tissues.length === 0
      ? column(tissue[name], high)
      : Float64Array.from({ length: n }, (_, i) => tissues[i % tissues.length][name]);
  const Dp = parameter('Dp');
  const D = parameter('D');
  const f = parameter('f', 1);
  const sigma = column(settings.sigma);

  const signals = measureVoxels(measured, sigma, new Mt19937(settings.seeds.noise), (i, row) => {
    for (let k = 0; k < row.length; k++) row[k] = S0 * biexponential(measured[k], D[i], f[i], Dp[i]);
  });
  return { signals, truth: { n, D, f, Dp } };
}

/**
 * Adds Rician noise to noise-free signals, voxel by voxel, and divides each voxel by its noisy b=0 signal, or by the mean if
 * there are several.
 * @param measured s/mm², as in `PhantomSettings.bValues`
 * @param sigma noise of each voxel in the unit of its signals; divided by its b=0 signal in place
 * @param write writes the noise-free signals of a voxel
 */
export function measureVoxels(
  measured: Float64Array,
  sigma: Float64Array,
  noise: Mt19937,
  write: (voxel: number, row: Float64Array) => void,
): Signals & { readonly sigma: Float64Array } {
  const n = sigma.length;
  const bValues = signalColumns(measured);
  const width = bValues.length;
  // Additional measurements at b=0.
  const more = measured.length - width;
  const values = new Float64Array(n * width);
  const scale = new Float64Array(n);
  const row = new Float64Array(measured.length);
  for (let i = 0; i < n; i++) {
    write(i, row);
    addRicianNoise(row, sigma[i], noise);
    let b0 = row[0];
    for (let k = 1; k <= more; k++) b0 += row[k];
    b0 /= 1 + more;
    values[i * width] = 1;
    for (let k = 1; k < width; k++) values[i * width + k] = row[more + k] / b0;
    scale[i] = b0;
    sigma[i] = sigma[i] / b0;
  }
  return { bValues, n, values, scale, sigma };
}
