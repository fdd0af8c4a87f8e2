import { Status } from '../../src/contracts/voxels.ts';
import type { FittedScan } from '../../src/fit-results/fitted-scan.ts';

const B_VALUES = [0, 20, 100, 400, 800];
const NAN = Number.NaN;

/**
 * A scan of 6 x 5 x 4 voxels whose every voxel is fitted but for the corner 0, which is background, and voxel 1, which did not
 * converge: D grows with x, f with y, Dp with z. Signals are the decays of the estimates, plus `off` at each b-value.
 */
export function fittedScan(off: readonly number[] = [0, 0, 0, 0, 0], sigma?: number): FittedScan {
  const shape = [6, 5, 4] as const;
  const n = 120;
  const status = new Uint8Array(n).fill(Status.converged);
  status[0] = Status.background;
  status[1] = Status.notConverged;
  const map = (at: (x: number, y: number, z: number) => number) =>
    Float32Array.from({ length: n }, (_, i) =>
      i < 2 ? NAN : at(i % 6, Math.floor(i / 6) % 5, Math.floor(i / 30)),
    );
  const S0 = map(() => 100);
  const D = map((x) => 5e-4 + 2e-4 * x);
  const f = map((_x, y) => 0.1 + 0.05 * y);
  const Dp = map((_x, _y, z) => 0.01 + 0.01 * z);
  const voxels = Uint32Array.from({ length: n - 2 }, (_, i) => i + 2);
  const values = new Float32Array(voxels.length * B_VALUES.length);
  voxels.forEach((i, row) => {
    B_VALUES.forEach((b, k) => {
      const decay = f[i] * Math.exp(-b * Dp[i]) + (1 - f[i]) * Math.exp(-b * D[i]);
      values[row * B_VALUES.length + k] = 100 * decay + off[k];
    });
  });
  const rms = Math.sqrt(off.reduce((sum, each) => sum + each * each, 0) / off.length);
  return {
    fitter: 'ls-global',
    grid: {
      shape,
      placed: true,
      affine: [
        [2, 0, 0, 0],
        [0, 2, 0, 0],
        [0, 0, 4, 0],
        [0, 0, 0, 1],
      ],
    },
    bValues: Float64Array.from(B_VALUES),
    averages: new Float64Array(B_VALUES.length).fill(1),
    maps: new Map([
      ['S0', S0],
      ['D', D],
      ['f', f],
      ['Dp', Dp],
      ['D_sd', map(() => 1e-4)],
      ['f_sd', map(() => 0.02)],
      ['Dp_sd', map(() => 5e-3)],
      ['residual', map(() => rms)],
      ['r_squared', map((x) => 0.9 + 0.01 * x)],
    ]),
    status,
    ...(sigma === undefined ? {} : { sigma }),
    measured: { lowest: map(() => 100).fill(3, 0, 2), voxels, values },
  };
}
