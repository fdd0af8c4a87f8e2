import { biexponential } from '../signal/biexponential.ts';
import type { FittedScan } from './fitted-scan.ts';
import { quantiles } from './quantiles.ts';

/** The distribution over voxels of signal minus fit at one b-value. */
export interface ResidualsAtB {
  readonly b: number;
  /** 5, 25, 50, 75 and 95 % quantiles. */
  readonly quantiles: readonly number[];
  /** Mean signal and mean fit over voxels, both divided by the estimated S0 of each. */
  readonly signal: number;
  readonly fit: number;
}

export interface ResidualsByB {
  /** What the quantiles are measured in: the noise of the signal at that b-value, where it is known, or S0. */
  readonly unit: 'noise' | 'S0';
  readonly at: readonly ResidualsAtB[];
}

const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** Returns how the signals of a scan differ from the fitted decays, b-value by b-value; null where no estimate is a decay. */
export function residualsByB(scan: FittedScan): ResidualsByB | null {
  const { bValues, averages, sigma, maps } = scan;
  const { voxels, values } = scan.measured;
  const [S0, D, f, Dp] = ['S0', 'D', 'f', 'Dp'].map((name) => maps.get(name)!);
  const own = maps.get('sigma');
  const decays = [...voxels.keys()].filter(
    (row) => S0[voxels[row]] > 0 && Number.isFinite(D[voxels[row]] + f[voxels[row]] + Dp[voxels[row]]),
  );
  if (decays.length === 0) return null;
  const width = bValues.length;
  const at = Array.from(bValues, (b, k): ResidualsAtB => {
    const left = new Float64Array(decays.length);
    let [signal, fit] = [0, 0];
    decays.forEach((row, j) => {
      const i = voxels[row];
      const model = biexponential(b, D[i], f[i], Dp[i]);
      const measured = values[row * width + k] / S0[i];
      signal += measured / decays.length;
      fit += model / decays.length;
      const per = sigma === undefined ? 1 : (own?.[i] ?? sigma) / Math.sqrt(averages[k]) / S0[i];
      left[j] = (measured - model) / per;
    });
    return { b, quantiles: quantiles(left, LEVELS), signal, fit };
  });
  return { unit: sigma === undefined ? 'S0' : 'noise', at };
}
