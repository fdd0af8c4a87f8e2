import { fail, Status } from '../contracts/voxels.ts';
import type { Estimates, Signals } from '../contracts/voxels.ts';
import type { Predictor } from './engine.ts';
import { isUsable, writeRow } from './network-rows.ts';

/**
 * The order of three outputs. A network that learns by reconstructing the signal can't distinguish the two decays: exchanging
 * Dp and D and replacing f by 1 - f gives the same signal.
 */
export const OUTPUT_ORDERS = [
  ['Dp', 'D', 'f'],
  ['D', 'Dp', '1 - f'],
] as const;

/** The order of four outputs, including the signal at b=0 as a multiple of the mean signal there. */
export const OUTPUTS_WITH_S0 = ['Dp', 'D', 'f', 'S0'] as const;

export type OutputOrder = (typeof OUTPUT_ORDERS)[number] | typeof OUTPUTS_WITH_S0;

const CHUNK = 4096;

/**
 * Determines the order in which the network learnt the two decays, as in the study: Dp is the one with the larger mean over
 * voxels. The study decides again for every data set; here the training voxels decide once, so that the estimate of a voxel
 * does not depend on the others.
 *
 * @param rows n x inputs, row-major
 */
export function learntOrder(
  predictor: Predictor,
  rows: Float32Array,
  n: number,
): (typeof OUTPUT_ORDERS)[number] {
  const outputs = new Float32Array(n * 3);
  predictor.predict(rows, n, outputs);
  let difference = 0;
  for (let i = 0; i < n; i++) difference += outputs[i * 3] - outputs[i * 3 + 1];
  return OUTPUT_ORDERS[difference < 0 ? 1 : 0];
}

/**
 * Fits voxels with a network that returns the parameters of the bi-exponential decay. A fraction outside 0..1 or a negative
 * diffusivity is moved to the bound and marked `atBound`; an S0 that is not positive is replaced by the mean at b=0 and marked
 * `fellBack`; everything else is the network's output.
 */
export class DecayNetwork {
  readonly #predictor: Predictor;
  readonly #inputs: number;
  readonly #width: number;
  readonly #exchanged: boolean;
  readonly #rows: Float32Array;
  readonly #outputs: Float32Array;
  readonly #usable = new Uint8Array(CHUNK);

  /** @param inputs b-values it reads, the last ones: all, or all without b=0 */
  constructor(predictor: Predictor, inputs: number, order: OutputOrder) {
    this.#predictor = predictor;
    this.#inputs = inputs;
    this.#width = order.length;
    this.#exchanged = order[0] === 'D';
    this.#rows = new Float32Array(CHUNK * inputs);
    this.#outputs = new Float32Array(CHUNK * order.length);
  }

  fit(signals: Signals, out: Estimates): void {
    for (let start = 0; start < signals.n; start += CHUNK) {
      const n = Math.min(CHUNK, signals.n - start);
      this.#gather(signals, start, n);
      this.#predictor.predict(this.#rows, n, this.#outputs);
      this.#write(signals, start, n, out);
    }
  }

  /** Unusable voxels keep the signals of an earlier one; their outputs are ignored. */
  #gather(signals: Signals, start: number, n: number): void {
    for (let i = 0; i < n; i++) {
      const usable = isUsable(signals, start + i);
      this.#usable[i] = usable ? 1 : 0;
      if (usable) writeRow(signals, start + i, this.#rows, i, this.#inputs);
    }
  }

  #write(signals: Signals, start: number, n: number, out: Estimates): void {
    const outputs = this.#outputs;
    const width = this.#width;
    for (let i = 0; i < n; i++) {
      const voxel = start + i;
      const first = outputs[i * width];
      const second = outputs[i * width + 1];
      const third = outputs[i * width + 2];
      const S0 = width === 4 ? outputs[i * width + 3] : 1;
      // Signals near the largest float32 can give outputs that are NaN.
      if (!this.#usable[i] || !Number.isFinite(first + second + third + S0)) {
        fail(out, voxel, Status.notFinite);
        continue;
      }
      const f = this.#exchanged ? 1 - third : third;
      out.Dp[voxel] = Math.max(0, this.#exchanged ? second : first);
      out.D[voxel] = Math.max(0, this.#exchanged ? first : second);
      out.f[voxel] = Math.min(1, Math.max(0, f));
      out.S0[voxel] = signals.scale[voxel] * (S0 > 0 ? S0 : 1);
      const isMoved = f < 0 || f > 1 || first < 0 || second < 0;
      out.status[voxel] = S0 > 0 ? (isMoved ? Status.atBound : Status.converged) : Status.fellBack;
      if (out.sd) out.sd.D[voxel] = out.sd.f[voxel] = out.sd.Dp[voxel] = NaN;
    }
  }
}
