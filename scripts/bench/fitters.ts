/**
 * Fitting time per voxel at each of the study's noise levels, without peers: what a change to a solver does.
 *
 *     node --import tsx scripts/bench/fitters.ts [--voxels N] [--repeats N] [FITTER…]
 *
 * Seeded voxels, a warm-up at every noise level first, then rounds over all of them, so that a machine whose speed
 * drifts slows all alike. Prints the median, least and most microseconds per voxel over the rounds; a sum over the
 * estimates is printed so that no work can be skipped.
 */
import { parseArgs } from 'node:util';
import { allocateEstimates, type Signals } from '../../src/contracts/voxels.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import { loadFitter } from '../../src/plugins/discover.ts';
import { spread } from './statistics.ts';
import { STUDY_B_VALUES } from './voxels.ts';

const S0 = 1500;
const SIGMA = [15, 30, 45, 60, 75, 90, 105, 120, 135, 150];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { voxels: { type: 'string', default: '2000' }, repeats: { type: 'string', default: '7' } },
});
const n = Number(values.voxels);
const repeats = Number(values.repeats);
const names = positionals.length > 0 ? positionals : ['ls', 'ls-global', 'segmented'];

const levels = SIGMA.map((sigma) => ({ snr: S0 / sigma, signals: phantom(sigma) }));
const line = (cells: readonly (string | number)[]) =>
  process.stdout.write(cells.map((cell) => String(cell).padStart(11)).join(' ') + '\n');

line(['fitter', 'SNR', 'us/voxel', 'least', 'most', 'sum']);
for (const name of names) {
  const { value: fitter } = await loadFitter(name);
  const task = { bValues: STUDY_B_VALUES, seed: 1, cohort: async () => levels[4].signals };
  const prepared = await fitter.prepare(task, fitter.settings?.parse({}) ?? {});
  const out = allocateEstimates(n);
  const times: number[][] = levels.map(() => []);
  const sums = levels.map(() => 0);
  for (let round = -2; round < repeats; round++) {
    for (const [k, { signals }] of levels.entries()) {
      const start = performance.now();
      await prepared.fit(signals, out);
      const elapsed = ((performance.now() - start) * 1000) / n;
      if (round < 0) continue;
      times[k].push(elapsed);
      sums[k] = out.D.reduce((sum, D) => (Number.isNaN(D) ? sum : sum + D), 0);
    }
  }
  for (const [k, { snr }] of levels.entries()) {
    const { median, low, high } = spread(times[k]);
    const text = [median, low, high].map((t) => t.toFixed(2));
    line([name, snr.toFixed(1), ...text, sums[k].toPrecision(8)]);
  }
}

function phantom(sigma: number): Signals {
  return simulatePhantom({
    bValues: STUDY_B_VALUES,
    voxels: n,
    S0,
    tissue: { Dp: { uniform: [0.01, 0.1] }, D: { uniform: [0.0005, 0.002] }, f: { uniform: [0.1, 0.4] } },
    sigma: { constant: sigma },
    seeds: { parameters: 133, noise: 466 },
  }).signals;
}
