import type { TissuePrior } from '../../contracts/fitter.ts';
import { draw } from '../../random/distribution.ts';
import type { QuickRandom } from '../../random/quick-random.ts';
import { expOfMinus } from '../../solvers/exponential.ts';
import { drawProtocol, PROTOCOLS } from './draw-protocol.ts';
import { meanRepeats, type MeasuredAt } from './measured-at.ts';
import type { PriorGrid } from './prior-grid.ts';
import { ProtocolInputs } from './protocol-inputs.ts';
import { RicianMoments } from './rician-moments.ts';

/** S0 over the noise of a signal: low ones are drawn less often, since their errors are the prior's and soon learnt. */
export const SNR = { lowest: 2, highest: 300 } as const;

/** Protocols that voxels are drawn from at a time. */
const PROTOCOLS_AT_A_TIME = 1024;
const MOST_B_VALUES = PROTOCOLS.most + 1;

/** A protocol and what the network is given of voxels measured with it. */
interface Place {
  readonly measured: MeasuredAt;
  /** Measurements per b-value above 0. */
  readonly meanRepeats: number;
  readonly inputs: ProtocolInputs;
}

/** Voxels of random tissue, measured with random protocols at random noise. */
export class RandomVoxels {
  /** After `next`: D, f and Dp. */
  readonly truth = new Float64Array(3);
  /** After `next`: of the protocol, as the voxel has left them. */
  inputs: ProtocolInputs;

  readonly #tissue: TissuePrior;
  readonly #grid: PriorGrid;
  readonly #withoutB0: boolean;
  readonly #places: Place[];
  readonly #moments = new RicianMoments();
  readonly #values = new Float64Array(MOST_B_VALUES);
  readonly #gaussian = new Float64Array(2 * MOST_B_VALUES);
  #renewed = 0;

  constructor(tissue: TissuePrior, grid: PriorGrid, random: QuickRandom, withoutB0 = false) {
    this.#tissue = tissue;
    this.#grid = grid;
    this.#withoutB0 = withoutB0;
    this.#places = Array.from({ length: PROTOCOLS_AT_A_TIME }, () => this.#newPlace(random));
    this.inputs = this.#places[0].inputs;
  }

  /** Puts a new protocol in place of the oldest. */
  renew(random: QuickRandom): void {
    this.#places[this.#renewed++ % PROTOCOLS_AT_A_TIME] = this.#newPlace(random);
  }

  /** Draws a voxel and writes what the network is given of it to `to[at…]`. */
  next(random: QuickRandom, to: Float64Array, at: number): void {
    const place = this.#places[Math.floor(PROTOCOLS_AT_A_TIME * random.uniform())];
    const tissue = this.#tissue;
    const truth = this.truth;
    truth[0] = draw(tissue.D, random);
    truth[1] = draw(tissue.f, random, 0, 1);
    truth[2] = draw(tissue.Dp, random);
    const snr = SNR.lowest * (SNR.highest / SNR.lowest) ** Math.sqrt(random.uniform());
    const sigma = Math.sqrt(place.meanRepeats) / snr;
    this.#measure(place.measured, sigma, random);
    this.inputs = place.inputs;
    place.inputs.write(this.#values, 0, sigma, to, at);
  }

  /** Magnitudes of S0 = 1; the mean of several is drawn from a normal distribution with its mean and variance. */
  #measure({ bValues, repeats }: MeasuredAt, sigma: number, random: QuickRandom): void {
    const values = this.#values;
    const gaussian = this.#gaussian;
    const moments = this.#moments;
    const D = this.truth[0];
    const f = this.truth[1];
    const Dp = this.truth[2];
    random.fillGaussian(gaussian);
    for (let k = 0; k < bValues.length; k++) {
      const signal = f * expOfMinus(bValues[k] * Dp) + (1 - f) * expOfMinus(bValues[k] * D);
      if (repeats[k] === 1) {
        const real = signal + sigma * gaussian[2 * k];
        const imaginary = sigma * gaussian[2 * k + 1];
        values[k] = Math.sqrt(real * real + imaginary * imaginary);
      } else {
        moments.at(signal / sigma);
        const spread = Math.sqrt(moments.variance / repeats[k]);
        values[k] = sigma * (moments.mean + spread * gaussian[2 * k]);
      }
    }
  }

  #newPlace(random: QuickRandom): Place {
    const measured = drawProtocol(random, this.#withoutB0);
    return {
      measured,
      meanRepeats: meanRepeats(measured.repeats),
      inputs: new ProtocolInputs(measured, this.#grid),
    };
  }
}
