import type { NoiseLevel } from '../../src/config/sections/phantom-data.ts';
import { cellOf, type Cell, type Task } from '../../src/contracts/cell.ts';
import type { Row } from '../../src/contracts/metric.ts';
import type { FitterEntry } from '../../src/contracts/study.ts';
import type { Estimates, Parameters } from '../../src/contracts/voxels.ts';
import bias from '../../src/metrics/bias.ts';
import coverages from '../../src/metrics/coverage.ts';
import sd from '../../src/metrics/sd.ts';
import { BIAS, SD } from '../../src/measures/errors.ts';
import { COVERAGE95 } from '../../src/measures/intervals.ts';
import { fitVoxels } from '../../src/preparation/fit-voxels.ts';
import { fitterOf } from '../../src/preparation/fitter-in-use.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import { errorStatistics } from '../../src/simulated/error-statistics.ts';
import {
  planPreparation,
  preparedBefore,
  recordedSimulated,
  type SimulatedPreparation,
} from '../../src/simulated/preparation.ts';
import { atLevel, testDataOf, testVoxels, type TestData } from '../../src/simulated/voxels.ts';
import type { BiasMapsConfig } from './config.ts';

const EXPERIMENT = 'bias-maps';
const METRICS = [
  [BIAS.name, bias],
  [SD.name, sd],
  [COVERAGE95.name, coverages.family[COVERAGE95.name]],
] as const;

interface PrepareInput {
  readonly preparation: SimulatedPreparation;
  readonly protocol: string;
}

/** Trains a fitter, or fits its prior, once for all noise levels, and saves it. */
export const prepare: Task<PrepareInput> = {
  module: import.meta.url,
  name: 'prepare',
  run: ({ preparation, protocol }, context) =>
    recordedSimulated(preparation, context, (measured) => ({
      ...{ experiment: EXPERIMENT, parameter: '', ciLow: NaN, ciHigh: NaN, unit: '' },
      ...measured,
      factors: { protocol, ...measured.factors },
    })),
};

interface FitInput extends PrepareInput {
  /** The voxels of all nodes at one noise level, node by node in turn. */
  readonly data: TestData<NoiseLevel> & { readonly tissues: NonNullable<TestData['tissues']> };
  readonly statistics: { readonly resamples: number; readonly seed: number };
}

/** Fits the voxels of every node at one noise level, and computes the errors at each. */
export const fit: Task<FitInput> = {
  module: import.meta.url,
  name: 'fit',
  async run({ preparation, protocol, data, statistics }, context) {
    const [{ sigma, snr }] = data.noise;
    const { signals, truth } = testVoxels(preparation.protocol, data, sigma);
    const ready = await preparedBefore(preparation, context, 'preparation');
    const estimates = await fitVoxels(ready, signals, { sd: true, quantiles: true });
    ready.dispose?.();
    const { estimates: parameters } = await fitterOf(preparation.fitter);
    const nodes = data.tissues.length;
    return {
      rows: data.tissues.flatMap(({ D, f, Dp }, node) =>
        errorStatistics(...ofNode(estimates, truth, node, nodes), {
          ...statistics,
          metrics: METRICS,
          ...(parameters ? { parameters } : {}),
        }).map((statistic): Row => ({
          ...statistic,
          experiment: EXPERIMENT,
          method: preparation.fitter.name,
          factors: { protocol, snr, true_D: D, true_f: f, true_Dp: Dp },
        })),
      ),
    };
  },
};

/** The voxels of one node: every `nodes`-th. */
function ofNode(
  estimates: Estimates,
  truth: Parameters,
  node: number,
  nodes: number,
): [Estimates, Parameters] {
  const n = Math.floor((truth.n - node + nodes - 1) / nodes);
  const pick = <T extends Float64Array | Uint8Array>(values: T, width = 1): T =>
    values.filter((_, at) => Math.floor(at / width) % nodes === node) as T;
  const three = ({ D, f, Dp }: Omit<Parameters, 'n'>, width = 1) => ({
    D: pick(D, width),
    f: pick(f, width),
    Dp: pick(Dp, width),
  });
  const { S0, status, sd: deviations, quantiles } = estimates;
  return [
    {
      n,
      S0: pick(S0),
      status: pick(status),
      ...three(estimates),
      ...(deviations ? { sd: three(deviations) } : {}),
      ...(quantiles ? { quantiles: three(quantiles, quantiles.D.length / estimates.n) } : {}),
    },
    { n, ...three(truth) },
  ];
}

/** Plans a preparation and a fit per noise level for each fitter and protocol. */
export async function planBiasMaps(config: BiasMapsConfig): Promise<Cell[]> {
  const { protocols, grid, ...shared } = config;
  const statistics = { ...config.statistics, seed: deriveSeed(config.seed, 'bootstrap') };
  const tissues = grid.f.flatMap((f) => grid.Dp.map((Dp) => ({ D: grid.D, f, Dp })));
  const planned = protocols.flatMap(({ protocol, data = shared.data, training = shared.training }) => {
    const own = { ...shared, protocol, data, training };
    const nodes = { ...testDataOf(own), tissues, voxels: grid.voxels * tissues.length };
    return config.fitters.map(async (entry: FitterEntry): Promise<Cell[]> => {
      const preparation = await planPreparation(own, entry);
      const prepareId = `prepare ${entry.name} protocol=${protocol.name}`;
      const input = { preparation, protocol: protocol.name };
      const fits = data.noise.map(({ sigma, snr }) =>
        cellOf(fit, {
          id: `fit ${entry.name} snr=${snr} protocol=${protocol.name}`,
          input: { ...input, data: { ...atLevel(nodes, sigma), tissues }, statistics },
          needs: { preparation: prepareId },
        }),
      );
      return [cellOf(prepare, { id: prepareId, input }), ...fits];
    });
  });
  return (await Promise.all(planned)).flat();
}
