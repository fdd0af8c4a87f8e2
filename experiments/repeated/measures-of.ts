import type { PreparedFitter } from '../../src/contracts/fitter.ts';
import type { ErrorSample, Metric } from '../../src/contracts/metric.ts';
import {
  allocateEstimates,
  PARAMETERS,
  type Estimates,
  type ParameterName,
  type Signals,
} from '../../src/contracts/voxels.ts';
import bias from '../../src/metrics/bias.ts';
import nrmse from '../../src/metrics/nrmse.ts';
import rmse from '../../src/metrics/rmse.ts';
import { signalResidual } from '../../src/metrics/runs/signal-residual.ts';
import sd from '../../src/metrics/sd.ts';
import { withInputGuard } from '../simulated/untouched.ts';
import { simulate, testRecipe } from '../simulated/voxel-sets.ts';
import type { Condition } from './condition.ts';
import type { Measure } from './measure.ts';

const ERRORS: Readonly<Record<string, Metric>> = { rmse, nrmse, bias, sd };

export async function estimatesOf(ready: PreparedFitter, signals: Signals): Promise<Estimates> {
  const estimates = allocateEstimates(signals.n);
  await withInputGuard([signals], () => ready.fit(signals, estimates));
  return estimates;
}

/** The loss of a trained network over some voxels: `loss` over its own, `loss_all` over all there are. */
export async function lossOver(
  metric: 'loss' | 'loss_all',
  ready: PreparedFitter,
  signals: Signals,
): Promise<Measure> {
  const value = signalResidual(signals, await estimatesOf(ready, signals));
  return { metric, parameter: '', value, unit: '', n: signals.n };
}

/** Errors on the test voxels of every noise level, and the estimates they are of, by SNR. */
export async function testErrors(
  ready: PreparedFitter,
  { config }: Condition,
  parameters: readonly ParameterName[] = PARAMETERS,
): Promise<{ measures: Measure[]; estimates: Map<number, Estimates> }> {
  const measures: Measure[] = [];
  const estimates = new Map<number, Estimates>();
  for (const { sigma, snr } of config.data.noise) {
    const { signals, truth } = simulate(testRecipe(config, sigma));
    const found = await estimatesOf(ready, signals);
    estimates.set(snr, found);
    for (const parameter of PARAMETERS.filter((name) => parameters.includes(name))) {
      const sample: ErrorSample = { parameter, estimate: found[parameter], truth: truth[parameter] };
      for (const [metric, error] of Object.entries(ERRORS)) {
        measures.push({
          metric,
          parameter,
          snr,
          value: error.over(sample)(null),
          unit: error.unit(parameter),
          n: signals.n,
        });
      }
    }
  }
  return { measures, estimates };
}
