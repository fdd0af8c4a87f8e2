/**
 * What rounding does to the errors of fitters: exp and log wrong by one unit in the last place (as another processor's may be), and
 * float32 in place of float64 in signals or estimates (a mistake). The gate's tolerances lie between the two.
 *
 *     node --import tsx scripts/gate/rounding.ts FITTER…
 */
import { lastPlace } from './loose-last-place.ts';
import type { TissuePrior } from '../../src/contracts/fitter.ts';
import { allocateEstimates, PARAMETERS } from '../../src/contracts/voxels.ts';
import { joinVoxels } from '../../src/data/join-voxels.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import { errorsFrom } from './errors-from.ts';
import { loadFitter } from '../../src/plugins/discover.ts';

const bValues = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);
const tissue: TissuePrior = {
  Dp: { uniform: [0.01, 0.1] },
  D: { uniform: [0.0005, 0.002] },
  f: { uniform: [0.1, 0.4] },
};
const SNRS = [10, 20, 50, 100];
const single = (values: Float64Array) => Float64Array.from(values, Math.fround);

type Mistake = 'none' | 'last place' | 'float32 signals' | 'float32 estimates';

/** RMSE and median absolute error of every parameter at every SNR. */
async function valuesOf(name: string, mistake: Mistake): Promise<number[]> {
  const sets = SNRS.map((snr) =>
    simulatePhantom({
      ...{ bValues, voxels: 2000, S0: 1500, tissue, sigma: { constant: 1500 / snr } },
      seeds: { parameters: 133, noise: 466 },
    }),
  ).map(({ signals, truth }) => ({
    truth,
    signals: mistake === 'float32 signals' ? { ...signals, values: single(signals.values) } : signals,
  }));
  const { value: fitter } = await loadFitter(name);
  lastPlace.loose = mistake === 'last place';
  const cohort = async () => joinVoxels(sets.map(({ signals }) => signals));
  const ready = await fitter.prepare(
    { bValues, seed: 1, tissue, allVoxels: cohort },
    fitter.settings?.parse({}) ?? {},
  );
  const found: number[] = [];
  for (const { signals, truth } of sets) {
    const estimates = allocateEstimates(signals.n);
    await ready.fit(signals, estimates);
    for (const parameter of PARAMETERS) {
      const values = estimates[parameter];
      found.push(...errorsFrom(mistake === 'float32 estimates' ? single(values) : values, truth[parameter]));
    }
  }
  lastPlace.loose = false;
  return found.filter((value) => !Number.isNaN(value));
}

for (const name of process.argv.slice(2)) {
  const exact = await valuesOf(name, 'none');
  for (const mistake of ['last place', 'float32 signals', 'float32 estimates'] as const) {
    const changes = (await valuesOf(name, mistake)).map((value, i) => value / exact[i] - 1);
    const largest = Math.max(...changes.map(Math.abs));
    const worst = Math.max(...changes);
    console.log(
      `${name.padEnd(14)} ${mistake.padEnd(17)} largest change ${largest.toExponential(1)}, largest loss ${worst.toExponential(1)}`,
    );
  }
}
