import { z } from 'zod';
import type { TestNoise } from '../config/sections/phantom-data.ts';
import type { PreparedFitter } from '../contracts/fitter.ts';
import type { ErrorSample, Metric, Row } from '../contracts/metric.ts';
import { PARAMETERS, type Estimates, type ParameterName, type Signals } from '../contracts/voxels.ts';
import { storedJson, StoredNumber } from '../files/stored-file.ts';
import { BIAS, NRMSE, RMSE, SD } from '../measures/errors.ts';
import type { Measure } from '../measures/measure.ts';
import bias from '../metrics/bias.ts';
import nrmse from '../metrics/nrmse.ts';
import rmse from '../metrics/rmse.ts';
import { signalResidual } from '../metrics/runs/signal-residual.ts';
import sd from '../metrics/sd.ts';
import { fitVoxels } from '../preparation/fit-voxels.ts';
import { noiseFactors } from '../simulated/noise-name.ts';
import { testVoxels } from '../simulated/voxels.ts';
import type { Condition } from './condition.ts';

/** One measured value of a trained network. */
export interface MeasuredValue {
  readonly metric: string;
  readonly parameter: ParameterName | '';
  /** Noise level of the test voxels; absent for measures of the training, and for a range of noise. */
  readonly snr?: number;
  /** Range of noise of the test voxels, as in `noiseFactors`. */
  readonly sigma?: string;
  readonly value: number;
  readonly unit: string;
  readonly n: number;
}

const ERRORS: ReadonlyMap<string, Metric> = new Map([
  [RMSE.name, rmse],
  [NRMSE.name, nrmse],
  [BIAS.name, bias],
  [SD.name, sd],
]);

/** Computes the loss of a trained network over some voxels: `LOSS` over its own, `LOSS_ALL` over all. */
export async function lossOver(
  { name: metric }: Measure,
  ready: PreparedFitter,
  signals: Signals,
): Promise<MeasuredValue> {
  const value = signalResidual(signals, await fitVoxels(ready, signals));
  return { metric, parameter: '', value, unit: '', n: signals.n };
}

/** Computes the errors on the test voxels of every noise level, or of a range of noise; also returns the estimates of each. */
export async function testErrors(
  ready: PreparedFitter,
  { protocol, data }: Pick<Condition, 'protocol' | 'data'>,
  parameters: readonly ParameterName[] = PARAMETERS,
): Promise<{ measures: MeasuredValue[]; estimates: Map<TestNoise, Estimates> }> {
  const measures: MeasuredValue[] = [];
  const estimates = new Map<TestNoise, Estimates>();
  for (const noise of data.noise) {
    const { signals, truth } = testVoxels(protocol, data, noise.sigma);
    const found = await fitVoxels(ready, signals);
    estimates.set(noise, found);
    for (const parameter of PARAMETERS.filter((name) => parameters.includes(name))) {
      const sample: ErrorSample = { parameter, estimate: found[parameter], truth: truth[parameter] };
      for (const [metric, error] of ERRORS) {
        const value = error.over(sample)(null);
        const about = { metric, parameter, ...noiseFactors(noise) };
        measures.push({ ...about, value, unit: error.unit(parameter), n: signals.n });
      }
    }
  }
  return { measures, estimates };
}

/** Name of the file with the measures of a run. */
export const MEASURES_FILE = 'measures.json';

const STORED = storedJson<readonly MeasuredValue[]>(
  MEASURES_FILE,
  z.array(
    z.object({
      metric: z.string(),
      parameter: z.enum(['', ...PARAMETERS]),
      snr: z.number().exactOptional(),
      sigma: z.string().exactOptional(),
      value: StoredNumber,
      unit: z.string(),
      n: z.number(),
    }),
  ),
);

export const encodeMeasures = STORED.encode;

/** The measures that a run left. @throws InputError where the file holds something else */
export const decodeMeasures = (bytes: Uint8Array): readonly MeasuredValue[] => STORED.decode(bytes);

/** The factors that a measure has beside those of its condition: the noise of the test voxels, if it is of such. */
export const noiseOfMeasure = ({ snr, sigma }: Pick<MeasuredValue, 'snr' | 'sigma'>): Row['factors'] => ({
  ...(snr === undefined ? {} : { snr }),
  ...(sigma === undefined ? {} : { sigma }),
});

/** A summary over all runs of a condition; without an interval if none is defined. */
export type Summary = Pick<Row, 'metric' | 'value' | 'n'> & Partial<Omit<Row, 'experiment' | 'method'>>;
