import type { Signals } from '../contracts/voxels.ts';
import { Mt19937 } from '../random/mt19937.ts';
import { measureVoxels } from './phantom.ts';

/** Signals of one kind, which the bi-exponential decay of D, f and Dp describes or not. */
export interface SignalKind {
  readonly D: number;
  readonly f: number;
  readonly Dp: number;
  /** A third decay: its fraction, taken from that of D, and its rate in mm²/s. */
  readonly third?: { readonly fraction: number; readonly rate: number };
  /** Excess kurtosis of the diffusion part (Jensen et al., Magn Reson Med 2005;53:1432). */
  readonly kurtosis: number;
  /** Added to all signals, relative to S0. */
  readonly offset: number;
  /** Part of its signal that one image of each voxel loses, at a random b-value above 0. */
  readonly lost: number;
}

export interface BeyondModelSettings {
  /** s/mm², ascending, the first 0; each repeated as often as it is measured. */
  readonly bValues: Float64Array;
  readonly voxels: number;
  readonly S0: number;
  /** Noise per quadrature channel in the unit of S0. */
  readonly sigma: number;
  readonly seed: number;
}

/** Simulates voxels of one kind with Rician noise. */
export function simulateBeyondModel(
  kind: SignalKind,
  { bValues, voxels, S0, sigma, seed }: BeyondModelSettings,
): Signals {
  const random = new Mt19937(seed);
  const decay = bValues.map((b) => S0 * signalOf(kind, b));
  const above = bValues.findIndex((b) => b > 0);
  return measureVoxels(bValues, new Float64Array(voxels).fill(sigma), random, (_, row) => {
    row.set(decay);
    if (kind.lost > 0) row[above + random.below(row.length - above)] *= 1 - kind.lost;
  });
}

/** The signal relative to S0. */
function signalOf(
  { D, f, Dp, third = { fraction: 0, rate: 0 }, kurtosis, offset }: SignalKind,
  b: number,
): number {
  // Beyond 3 / (D K) the expansion in b would make the signal rise; it stays where it is least.
  const least = kurtosis > 0 ? Math.min(b, 3 / (D * kurtosis)) : b;
  const diffusion = Math.exp(-least * D + (kurtosis * (least * D) ** 2) / 6);
  const perfusion = f * Math.exp(-b * Dp) + third.fraction * Math.exp(-b * third.rate);
  return perfusion + (1 - f - third.fraction) * diffusion + offset;
}
