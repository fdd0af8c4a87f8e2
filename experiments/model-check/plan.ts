import { cellOf, type Cell, type Task } from '../../src/contracts/cell.ts';
import type { FitterEntry } from '../../src/contracts/study.ts';
import type { Row } from '../../src/contracts/metric.ts';
import { simulateBeyondModel, type SignalKind } from '../../src/data/beyond-model.ts';
import { POOR_FIT_FRACTION } from '../../src/measures/errors.ts';
import { measuredRow } from '../../src/measures/measured-rows.ts';
import { fitVoxels } from '../../src/preparation/fit-voxels.ts';
import { poorFitShare } from '../../src/preparation/residual-test.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import {
  planPreparation,
  preparedBefore,
  recordedSimulated,
  type SimulatedPreparation,
} from '../../src/simulated/preparation.ts';
import type { ModelCheckConfig } from './config.ts';

const EXPERIMENT = 'model-check';

interface PrepareInput {
  readonly preparation: SimulatedPreparation;
}

/** Trains a fitter, or fits its prior, once for all noise levels, and saves it. */
export const prepare: Task<PrepareInput> = {
  module: import.meta.url,
  name: 'prepare',
  run: ({ preparation }, context) =>
    recordedSimulated(preparation, context, (measured) => ({
      ...{ experiment: EXPERIMENT, parameter: '', ciLow: NaN, ciHigh: NaN, unit: '' },
      ...measured,
      factors: measured.factors ?? {},
    })),
};

interface FitInput extends PrepareInput {
  readonly voxels: number;
  readonly S0: number;
  readonly noise: { readonly sigma: number; readonly snr: number };
  readonly seed: number;
  readonly kinds: readonly (SignalKind & { readonly name: string })[];
}

/** Fits voxels of every kind at one noise level, and counts the poor fits. */
export const fit: Task<FitInput> = {
  module: import.meta.url,
  name: 'fit',
  async run({ preparation, voxels, S0, noise, seed, kinds }, context) {
    const ready = await preparedBefore(preparation, context, 'preparation');
    const rows: Row[] = [];
    for (const { name, ...kind } of kinds) {
      const signals = simulateBeyondModel(kind, {
        ...{ voxels, S0, sigma: noise.sigma },
        bValues: Float64Array.from(preparation.protocol.bValues),
        seed: deriveSeed(seed, name),
      });
      const share = poorFitShare(await fitVoxels(ready, signals));
      const factors = { signals: name, snr: noise.snr };
      const about = { experiment: EXPERIMENT, method: preparation.fitter.name, factors };
      if (share) rows.push(measuredRow(about, POOR_FIT_FRACTION, share));
    }
    ready.dispose?.();
    return { rows };
  },
};

/** Plans a preparation and a fit per noise level for each fitter. */
export async function planModelCheck(config: ModelCheckConfig): Promise<Cell[]> {
  const { data, seed, signals } = config;
  const planFitter = async (entry: FitterEntry): Promise<Cell[]> => {
    const preparation = await planPreparation({ ...config, statistics: { resamples: 0 } }, entry);
    const prepareId = `prepare ${entry.name}`;
    const fits = data.noise.map((noise) =>
      cellOf(fit, {
        id: `fit ${entry.name} snr=${noise.snr}`,
        input: {
          ...{ preparation, noise, voxels: data.voxels, S0: data.S0 },
          // The fitter is no axis of it, nor is the noise level: all fit the same voxels.
          seed: deriveSeed(seed, 'signals'),
          kinds: signals.map(({ name, D, f, Dp, third, kurtosis, offset, lost }) => ({
            ...{ name, D, f, Dp, kurtosis, offset, lost },
            ...(third ? { third } : {}),
          })),
        },
        needs: { preparation: prepareId },
      }),
    );
    return [cellOf(prepare, { id: prepareId, input: { preparation } }), ...fits];
  };
  return (await Promise.all(config.fitters.map(planFitter))).flat();
}
