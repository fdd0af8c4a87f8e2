import { allocateEstimates } from '../../src/contracts/voxels.ts';
import type { Estimates, LabelledSignals, Signals } from '../../src/contracts/voxels.ts';
import { loadFitter } from '../../src/plugins/discover.ts';
import type { Measurement } from './job.ts';

/** Prepares a fitter, warms it up for a second and times one pass over the voxels on this thread. */
export async function measureFitter(
  name: string,
  voxels: LabelledSignals,
  settings: Readonly<Record<string, unknown>>,
  objective?: (signals: Signals, estimates: Estimates) => number[],
): Promise<Measurement> {
  const { value: fitter } = await loadFitter(name);
  const { signals } = voxels;
  const prepared = await fitter.prepare(
    { bValues: signals.bValues, seed: 1, cohort: () => Promise.resolve(signals) },
    fitter.settings ? fitter.settings.parse(settings) : settings,
  );
  const out = allocateEstimates(signals.n);
  const warmUntil = performance.now() + 1000;
  const pass = async () => {
    const began = performance.now();
    await prepared.fit(signals, out);
    return (performance.now() - began) / 1000;
  };
  let least = Infinity;
  do least = Math.min(least, await pass());
  while (performance.now() < warmUntil);
  const seconds = await pass();
  return {
    seconds,
    units: signals.n,
    least: Math.min(least, seconds) / signals.n,
    version: `ivim-bench ${name}`,
    ...(objective ? { objective: objective(signals, out) } : {}),
  };
}
