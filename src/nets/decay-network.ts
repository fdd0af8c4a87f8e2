import { fail, Status } from '../contracts/voxels.ts';
import type { Estimates, Signals } from '../contracts/voxels.ts';
import type { Predictor } from './engine.ts';
import { isUsable, writeRow } from './network-rows.ts';

/**
 * What the three outputs are. A network that learns by rebuilding the signal cannot know which of the two decays is
 * which: with Dp and D exchanged and f counted from the other end the signal is the same.
 */
export const OUTPUT_ORDERS = [
  ['Dp', 'D', 'f'],
  ['D', 'Dp', '1 - f'],
] as const;
export type OutputOrder = (typeof OUTPUT_ORDERS)[number];

const CHUNK = 4096;

/**
 * The order in which the network learnt the two decays, judged as the study does it: the larger mean over voxels is
 * Dp. The study asks again for every data set it fits; here the training voxels decide once and for all, so that the
 * answer for a voxel does not depend on what else is fitted.
 *
 * @param rows n x inputs, row-major
 */
export function learntOrder(predictor: Predictor, rows: Float32Array, n: number): OutputOrder {
  const outputs = new Float32Array(n * 3);
  predictor.predict(rows, n, outputs);
  let difference = 0;
  for (let i = 0; i < n; i++) difference += outputs[i * 3] - outputs[i * 3 + 1];
  return OUTPUT_ORDERS[difference < 0 ? 1 : 0];
}

/**
 * Fits voxels with a network that gives the parameters of the bi-exponential decay. A fraction outside 0..1 is
 * moved to the bound and marked `atBound`; everything else is what the network says.
 */
export class DecayNetwork {
  readonly #predictor: Predictor;
  readonly #exchanged: boolean;
  readonly #rows: Float32Array;
  readonly #outputs = new Float32Array(CHUNK * 3);
  readonly #usable = new Uint8Array(CHUNK);

  constructor(predictor: Predictor, inputs: number, order: OutputOrder) {
    this.#predictor = predictor;
    this.#exchanged = order[0] === 'D';
    this.#rows = new Float32Array(CHUNK * inputs);
  }

  fit(signals: Signals, out: Estimates): void {
    for (let start = 0; start < signals.n; start += CHUNK) {
      const n = Math.min(CHUNK, signals.n - start);
      this.#gather(signals, start, n);
      this.#predictor.predict(this.#rows, n, this.#outputs);
      this.#write(signals, start, n, out);
    }
  }

  /** Unusable voxels keep the signals of an earlier one: what comes out for them is not looked at. */
  #gather(signals: Signals, start: number, n: number): void {
    for (let i = 0; i < n; i++) {
      const usable = isUsable(signals, start + i);
      this.#usable[i] = usable ? 1 : 0;
      if (usable) writeRow(signals, start + i, this.#rows, i);
    }
  }

  #write(signals: Signals, start: number, n: number, out: Estimates): void {
    const outputs = this.#outputs;
    for (let i = 0; i < n; i++) {
      const voxel = start + i;
      const first = outputs[i * 3];
      const second = outputs[i * 3 + 1];
      const third = outputs[i * 3 + 2];
      // Signals near the largest float32 give outputs that are not numbers.
      if (!this.#usable[i] || !Number.isFinite(first + second + third)) {
        fail(out, voxel, Status.notFinite);
        continue;
      }
      const f = this.#exchanged ? 1 - third : third;
      out.Dp[voxel] = this.#exchanged ? second : first;
      out.D[voxel] = this.#exchanged ? first : second;
      out.f[voxel] = Math.min(1, Math.max(0, f));
      out.S0[voxel] = signals.scale[voxel];
      out.status[voxel] = f < 0 || f > 1 ? Status.atBound : Status.converged;
      if (out.sd) out.sd.D[voxel] = out.sd.f[voxel] = out.sd.Dp[voxel] = NaN;
    }
  }
}
