import { failedFrom, PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import type { MeasuredProtocol } from '../data/measured-protocol.ts';
import { statusMeanings, statusWord } from '../data/status-words.ts';
import { biexponential } from '../signal/biexponential.ts';
import { decayDeviations } from '../signal/decay-band.ts';
import { Z95 } from '../statistics/normal.ts';

/** The number of b-values at which curves are drawn. */
const STEPS = 120;

/** A fitted decay: b-values in s/mm², signals in the unit of the scan. */
export interface DecayCurve {
  readonly b: Float64Array;
  readonly signal: Float64Array;
  /** The compartments of D and of Dp. */
  readonly diffusion: Float64Array;
  readonly perfusion: Float64Array;
  /** Ends of the 95 % band, if the noise is known. */
  readonly low?: Float64Array;
  readonly high?: Float64Array;
}

/** One estimate and its 95 % interval, if the fitter gives one. */
export interface VoxelEstimate {
  readonly value: number;
  readonly sd?: number;
  readonly interval?: readonly [number, number];
}

/** The result of one fit in one voxel. */
export interface VoxelFit {
  readonly estimates: Readonly<Record<'S0' | ParameterName, VoxelEstimate>>;
  readonly status: string;
  readonly meaning: string;
  readonly curve?: DecayCurve;
}

/** Maps of a fit by name and the status, in the order of the scan's voxels. */
export interface Maps {
  readonly maps: ReadonlyMap<string, ArrayLike<number>>;
  readonly status: ArrayLike<number>;
}

/**
 * Collects the estimates of a voxel from the maps of a fit, and computes their decay.
 * @param sigma noise of one measurement, if known
 */
export function decayOfVoxel(
  { maps, status }: Maps,
  voxel: number,
  protocol: MeasuredProtocol,
  sigma?: number,
): VoxelFit {
  const at = (name: string) => maps.get(name)?.[voxel] ?? NaN;
  const estimate = (name: string): VoxelEstimate => {
    const [sd, low, high] = [at(`${name}_sd`), at(`${name}_low`), at(`${name}_high`)];
    return {
      value: at(name),
      ...(Number.isFinite(sd) ? { sd } : {}),
      ...(Number.isFinite(low) && Number.isFinite(high) ? { interval: [low, high] as const } : {}),
    };
  };
  const code = status[voxel];
  const word = statusWord(code);
  const [S0, D, f, Dp] = ['S0', ...PARAMETERS].map(estimate);
  const tissue = { S0: S0.value, D: D.value, f: f.value, Dp: Dp.value };
  const fitted = code < failedFrom && Object.values(tissue).every(Number.isFinite);
  return {
    estimates: { S0, D, f, Dp },
    status: word,
    meaning: word in statusMeanings ? statusMeanings[word as keyof typeof statusMeanings] : '',
    ...(fitted ? { curve: curveOf(tissue, protocol, sigma) } : {}),
  };
}

function curveOf(
  tissue: Readonly<Record<'S0' | ParameterName, number>>,
  { bValues, place }: MeasuredProtocol,
  sigma?: number,
): DecayCurve {
  const { S0, D, f, Dp } = tissue;
  const largest = bValues[bValues.length - 1];
  // Closer where perfusion decays.
  const b = Float64Array.from({ length: STEPS + 1 }, (_, i) => largest * (i / STEPS) ** 2);
  const signal = b.map((each) => S0 * biexponential(each, D, f, Dp));
  const curve = {
    b,
    signal,
    diffusion: b.map((each) => S0 * (1 - f) * Math.exp(-each * D)),
    perfusion: b.map((each) => S0 * f * Math.exp(-each * Dp)),
  };
  if (sigma === undefined || !(sigma > 0)) return curve;
  const measured = Float64Array.from(place, (at) => bValues[at]);
  const deviations = decayDeviations(measured, tissue, sigma, b);
  return {
    ...curve,
    low: signal.map((value, i) => value - Z95 * deviations[i]),
    high: signal.map((value, i) => value + Z95 * deviations[i]),
  };
}
