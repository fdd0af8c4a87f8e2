import { PARAMETERS, type ParameterName, type Parameters } from '../../src/contracts/voxels.ts';
import { binsAround, histogram } from '../../src/metrics/runs/histogram.ts';
import { medianOverRuns } from '../../src/metrics/runs/over-runs.ts';
import { shareOutside, spreadRatio } from '../../src/metrics/runs/summaries.ts';
import type { ConditionRuns } from '../../src/repeated/finished-run.ts';
import type { Summary } from '../../src/repeated/measures.ts';
import { noiseFactors } from '../../src/simulated/noise-name.ts';
import { testVoxels } from '../../src/simulated/voxels.ts';
import { uniformRange } from './config.ts';
import {
  BEYOND_FRACTION,
  DENSITY,
  SPREAD_RATIO,
  TRUE_DENSITY,
} from '../../src/measures/repeated-trainings.ts';

/** Number of bins within the true range. */
const BINS = 20;

/**
 * Computes, per range, noise of the test voxels and parameter: the histogram of the estimates of all runs with the true density, the spread
 * of the estimates relative to the truth, and the proportion outside its range.
 */
export async function rangeRows(conditions: readonly ConditionRuns[]): Promise<Summary[]> {
  const rows: Summary[] = [];
  for (const { condition, runs } of conditions) {
    const { protocol, data, factors } = condition;
    for (const noise of data.noise) {
      const { truth } = testVoxels(protocol, data, noise.sigma);
      const estimates = await Promise.all(runs.map((run) => run.estimates(noise)));
      for (const parameter of PARAMETERS) {
        const range = uniformRange(data.tissue[parameter]);
        const place = { parameter, factors: { ...factors, ...noiseFactors(noise) }, n: runs.length };
        rows.push(...histogramRows(place, estimates, range), ...spreadRows(place, estimates, truth, range));
      }
    }
  }
  return rows;
}

interface PlaceOfRange {
  readonly parameter: ParameterName;
  readonly factors: Readonly<Record<string, number | string>>;
  /** Number of runs. */
  readonly n: number;
}

function histogramRows(
  { parameter, factors }: PlaceOfRange,
  estimates: readonly Parameters[],
  range: readonly [number, number],
): Summary[] {
  const edges = binsAround(range, BINS);
  const all = Float64Array.from(estimates.flatMap((run) => [...run[parameter]]));
  return histogram(all, edges).density.flatMap((value, bin) => {
    const [from, to] = [edges[bin], edges[bin + 1]];
    const middle = (from + to) / 2;
    const within = middle > range[0] && middle < range[1];
    const place = { parameter, factors: { ...factors, from, to }, n: all.length };
    return [
      { ...place, metric: DENSITY.name, value },
      { ...place, metric: TRUE_DENSITY.name, value: within ? 1 / (range[1] - range[0]) : 0 },
    ];
  });
}

function spreadRows(
  place: PlaceOfRange,
  estimates: readonly Parameters[],
  truth: Parameters,
  range: readonly [number, number],
): Summary[] {
  const { parameter } = place;
  const spreads = estimates.map((run) => spreadRatio(run[parameter], truth[parameter]));
  const beyond = estimates.map((run) => shareOutside(run[parameter], range));
  return [
    { ...place, metric: SPREAD_RATIO.name, ...medianOverRuns(spreads) },
    { ...place, metric: BEYOND_FRACTION.name, ...medianOverRuns(beyond) },
  ];
}
