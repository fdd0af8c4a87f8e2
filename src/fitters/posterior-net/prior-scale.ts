import type { TissuePrior } from '../../contracts/fitter.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import type { DenseWeights } from '../../nets/engine.ts';
import { priorAxis, valueAt } from '../../solvers/quadrature.ts';
import { OUTPUTS, PER_PARAMETER } from './outputs.ts';

/** Where the prior puts each parameter, in the order D, f, Dp. */
export interface PriorScale {
  /** Where it ends; posteriors can't reach beyond. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Mean and standard deviation of a uniform distribution between these ends: what the network computes in. */
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
    // A parameter that is a constant has no unit of its own; any will do.
    unit: low.map((value, k) => (high[k] - value || value || 1) / Math.sqrt(12)),
  };
}

/** The weights of a network that answers in mm²/s and fractions, from those of one that computes in the prior's scale. */
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
