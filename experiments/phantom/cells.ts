import type { NoiseLevel } from '../../src/config/sections/phantom-data.ts';
import type { Timing } from '../../src/config/sections/timing.ts';
import type { Task } from '../../src/contracts/cell.ts';
import { BOUND, TRUTH, type Row } from '../../src/contracts/metric.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';
import { estimatesFromNpy, estimatesToNpy } from '../../src/data/estimates-npy.ts';
import { quantityUnit } from '../../src/measures/quantities.ts';
import { correlationInterval, rankCorrelations } from '../../src/metrics/runs/rank-correlation.ts';
import { fitVoxels } from '../../src/preparation/fit-voxels.ts';
import { fitterOf } from '../../src/preparation/fitter-in-use.ts';
import { implausibleEstimates } from '../../src/preparation/implausible-estimates.ts';
import { recordedTime, type Measured } from '../../src/preparation/recorded.ts';
import { poorFitShare } from '../../src/preparation/residual-test.ts';
import { biexponential } from '../../src/signal/biexponential.ts';
import { boundOverVoxels } from '../../src/signal/bound-over-voxels.ts';
import { errorStatistics } from '../../src/simulated/error-statistics.ts';
import { exampleFit, exampleVoxel } from '../../src/simulated/example-voxel.ts';
import { loadMetrics, type MetricInUse } from '../../src/simulated/metrics-in-use.ts';
import {
  preparedBefore,
  recordedSimulated,
  type SimulatedPreparation,
} from '../../src/simulated/preparation.ts';
import { testVoxels, timingMix, type ProtocolMeasured, type TestData } from '../../src/simulated/voxels.ts';
import {
  CORRELATION_BETWEEN,
  CRLB,
  CRLB_MEDIAN,
  ERROR_CORRELATION_BETWEEN,
  POOR_FIT_FRACTION,
} from '../../src/measures/errors.ts';
import { measuredRow } from '../../src/measures/measured-rows.ts';

/** The protocol, if the study has several. */
type Factors = Readonly<Record<string, string>>;

interface PrepareInput {
  readonly factors: Factors;
  readonly preparation: SimulatedPreparation;
}

/** Trains a fitter, or fits its prior, once for all noise levels, and saves it. */
export const prepare: Task<PrepareInput> = {
  module: import.meta.url,
  name: 'prepare',
  run: ({ factors, preparation }, context) =>
    recordedSimulated(preparation, context, (measured) => row(factors, measured)),
};

interface FitInput extends PrepareInput {
  readonly protocol: ProtocolMeasured;
  /** The test voxels of one noise level. */
  readonly data: TestData<NoiseLevel>;
  readonly statistics: { readonly resamples: number; readonly seed: number };
  readonly metrics: readonly MetricInUse[];
}

/** Fits the test voxels of one noise level and computes the errors. Saves the estimates. */
export const fit: Task<FitInput> = {
  module: import.meta.url,
  name: 'fit',
  async run({ factors, preparation, protocol, data, statistics, metrics }, context) {
    const [{ sigma, snr }] = data.noise;
    const voxels = testVoxels(protocol, data, sigma);
    const { signals, truth } = voxels;
    const ready = await preparedBefore(preparation, context, 'preparation');
    const estimates = await fitVoxels(ready, signals, { sd: true, quantiles: true });
    ready.dispose?.();
    const { estimates: parameters } = await fitterOf(preparation.fitter);
    const errors = errorStatistics(estimates, truth, {
      ...statistics,
      ...(parameters ? { parameters } : {}),
      metrics: await loadMetrics(metrics),
    });
    const method = preparation.fitter.name;
    const poor = poorFitShare(estimates);
    const about = { experiment: 'phantom', method, factors: { ...factors, snr } };
    return {
      rows: [
        ...errors.map((statistic) => row(factors, { ...statistic, method, factors: { snr } })),
        ...(poor ? [measuredRow(about, POOR_FIT_FRACTION, poor)] : []),
      ],
      files: estimatesToNpy(estimates),
      pictures: exampleFit(voxels, estimates, {
        ...about,
        decay: biexponential,
      }),
      notes: implausibleEstimates(estimates),
    };
  },
};

interface BoundInput {
  readonly factors: Factors;
  readonly protocol: ProtocolMeasured;
  /** The test voxels of one noise level. */
  readonly data: TestData<NoiseLevel>;
}

/** Computes the Cramér-Rao bounds of the test voxels of one noise level, for comparison with the errors, and keeps one voxel as an example. */
export const bound: Task<BoundInput> = {
  module: import.meta.url,
  name: 'bound',
  async run({ factors, protocol, data }) {
    const [{ sigma, snr }] = data.noise;
    const voxels = testVoxels(protocol, data, sigma);
    const { truth } = voxels;
    const bounds = boundOverVoxels(Float64Array.from(protocol.bValues), truth, sigma / data.S0);
    const rows = PARAMETERS.flatMap((parameter) => {
      const { rootMeanSquare, median } = bounds[parameter];
      const about = {
        method: BOUND,
        factors: { snr },
        parameter,
        unit: quantityUnit(parameter),
        n: truth.n,
      };
      return [
        row(factors, { ...about, metric: CRLB.name, value: rootMeanSquare }),
        row(factors, { ...about, metric: CRLB_MEDIAN.name, value: median }),
      ];
    });
    const example = { experiment: 'phantom', factors: { ...factors, snr }, decay: biexponential };
    return {
      rows,
      pictures: exampleVoxel(voxels, { ...example, method: '' }, { ...example, method: TRUTH }),
    };
  },
};

interface CorrelateInput extends BoundInput {
  /** Names of the fitters; their fits are the cell's needs, by the same names. */
  readonly methods: readonly string[];
}

/** Correlates the estimates, and the errors, of every two fitters over the test voxels of one noise level. */
export const correlate: Task<CorrelateInput> = {
  module: import.meta.url,
  name: 'correlate',
  async run({ factors, protocol, data, methods }, context) {
    const [{ sigma, snr }] = data.noise;
    const { truth } = testVoxels(protocol, data, sigma);
    const all = await Promise.all(
      methods.map(async (method) => estimatesFromNpy(await context.read(method, 'estimates.npy'))),
    );
    const rows: Row[] = [];
    for (const parameter of PARAMETERS) {
      const estimates = all.map((each) => each[parameter]);
      const errors = estimates.map((each) => each.map((value, i) => value - truth[parameter][i]));
      const of = [
        { measure: CORRELATION_BETWEEN, between: rankCorrelations(estimates) },
        { measure: ERROR_CORRELATION_BETWEEN, between: rankCorrelations(errors) },
      ];
      for (const [i, method] of methods.entries()) {
        for (let j = i + 1; j < methods.length; j++) {
          const n = errors[i].reduce((sum, e, k) => sum + Number(Number.isFinite(e + errors[j][k])), 0);
          for (const { measure, between } of of) {
            const value = between(i, j);
            if (Number.isNaN(value)) continue;
            const [ciLow, ciHigh] = correlationInterval(value, n);
            const about = { method, parameter, metric: measure.name, unit: measure.unit(parameter) };
            const own = { snr, compared_with: methods[j] };
            rows.push(row(factors, { ...about, factors: own, value, ciLow, ciHigh, n }));
          }
        }
      }
    }
    return { rows };
  },
};

/** Maximum number of voxels in a timing, the same for every fitter; slow ones use fewer. */
const TIMED_VOXELS = 10_000;

/** Times only `fit`, on one thread, on a mix of the voxels of all noise levels. */
export const time: Task<Omit<FitInput, 'statistics' | 'metrics'> & { readonly timing?: Timing }> = {
  module: import.meta.url,
  name: 'time',
  async run({ factors, preparation, protocol, data, timing }, context) {
    const ready = await preparedBefore(preparation, context, 'preparation');
    return recordedTime(ready, timingMix(protocol, data, TIMED_VOXELS), {
      method: preparation.fitter.name,
      cpu: context.cpu,
      row: (measured) => row(factors, measured),
      ...(timing ? { timing } : {}),
    });
  },
};

/** Completes a row of this experiment; fields that are not given are empty. */
function row(study: Factors, own: Measured): Row {
  return {
    experiment: 'phantom',
    parameter: '',
    ciLow: NaN,
    ciHigh: NaN,
    unit: '',
    ...own,
    factors: { ...study, ...own.factors },
  };
}
