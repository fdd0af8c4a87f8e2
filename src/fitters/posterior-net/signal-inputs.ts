import type { TissuePrior } from '../../contracts/fitter.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import type { DenseWeights } from '../../nets/engine.ts';
import { priorAxis, valueAt } from '../../solvers/quadrature.ts';
import { OUTPUTS, PER_PARAMETER } from './manifest.ts';

/**
 * The inputs of the network: the signals of a voxel, including b=0, divided by their norm, so that they do not depend on the
 * noise at b=0 alone; and, if it is an input, the logarithm of the noise level divided by that norm.
 */
export class SignalInputs {
  readonly count: number;
  readonly #signals: number;
  readonly #withNoise: boolean;

  constructor(signals: number, withNoise: boolean) {
    this.#signals = signals;
    this.#withNoise = withNoise;
    this.count = signals + (withNoise ? 1 : 0);
  }

  /**
   * Writes the inputs of the voxel whose signals start at `offset` to `to[at…]`.
   *
   * @param sigma noise in the unit of the signals, above 0
   */
  write(
    values: Float64Array,
    offset: number,
    sigma: number,
    to: Float64Array | Float32Array,
    at: number,
  ): void {
    let square = 0;
    for (let k = 0; k < this.#signals; k++) square += values[offset + k] * values[offset + k];
    const perNorm = 1 / Math.sqrt(square);
    for (let k = 0; k < this.#signals; k++) to[at + k] = values[offset + k] * perNorm;
    if (this.#withNoise) to[at + this.#signals] = Math.log(sigma * perNorm);
  }
}

/** The location and scale of the prior of each parameter, in the order D, f, Dp. */
export interface PriorScale {
  /** Bounds of the prior, which posteriors do not exceed. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Mean and standard deviation of a uniform distribution between these bounds: the scale of the network's outputs. */
  readonly centre: readonly number[];
  readonly unit: readonly number[];
}

export function priorScale(tissue: TissuePrior): PriorScale {
  const axes = PARAMETERS.map((name) => priorAxis(tissue[name], 0, name === 'f' ? 1 : Infinity));
  const low = axes.map((axis) => valueAt(axis, axis.low));
  const high = axes.map((axis) => valueAt(axis, axis.high));
  return {
    low,
    high,
    centre: low.map((value, k) => (value + high[k]) / 2),
    // A constant parameter has no scale; any will do.
    unit: low.map((value, k) => (high[k] - value || value || 1) / Math.sqrt(12)),
  };
}

/** Converts the weights of a network that computes in the prior's scale to one that returns mm²/s and fractions. */
export function intoLastLayer(weights: DenseWeights, { centre, unit }: PriorScale): DenseWeights {
  const last = weights[weights.length - 1];
  const inputs = last.weight.length / OUTPUTS;
  const parameter = (output: number) => Math.floor(output / PER_PARAMETER);
  return [
    ...weights.slice(0, -1),
    {
      weight: last.weight.map((value, i) => value * unit[parameter(Math.floor(i / inputs))]),
      bias: last.bias.map((value, o) => centre[parameter(o)] + value * unit[parameter(o)]),
    },
  ];
}
