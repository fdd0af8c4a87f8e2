import { mean, sampleCorrelation } from 'simple-statistics';
import { blandAltman, type BlandAltman } from '../agreement/bland-altman.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import type { FittedScan } from './fitted-scan.ts';

/** How two fitters differ in one parameter, over the voxels for which both have an estimate. */
export interface ParameterDifference {
  readonly parameter: ParameterName;
  /** Estimates of the first and of the second fitter, voxel by voxel. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly means: readonly [number, number];
  /** Of second minus first. */
  readonly agreement: BlandAltman;
  /** Pearson's; NaN where one of them is the same everywhere. */
  readonly correlation: number;
}

/** Compares the estimates of two fits of one scan; parameters that fewer than two voxels share are left out. */
export function fitDifferences(a: FittedScan, b: FittedScan): ParameterDifference[] {
  return PARAMETERS.flatMap((parameter): ParameterDifference[] => {
    const [x, y] = [a.maps.get(parameter)!, b.maps.get(parameter)!];
    const both = [...x.keys()].filter((i) => Number.isFinite(x[i]) && Number.isFinite(y[i]));
    if (both.length < 2) return [];
    const first = Float64Array.from(both, (i) => x[i]);
    const second = Float64Array.from(both, (i) => y[i]);
    const varies = (values: Float64Array) => values.some((value) => value !== values[0]);
    return [
      {
        ...{ parameter, first, second },
        means: [mean([...first]), mean([...second])],
        agreement: blandAltman(second, first),
        correlation: varies(first) && varies(second) ? sampleCorrelation([...first], [...second]) : NaN,
      },
    ];
  });
}
