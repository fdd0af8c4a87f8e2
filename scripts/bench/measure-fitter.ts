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
  do await prepared.fit(signals, out);
  while (performance.now() < warmUntil);
  const began = performance.now();
  await prepared.fit(signals, out);
  const seconds = (performance.now() - began) / 1000;
  return {
    seconds,
    units: signals.n,
    version: `ivim-bench ${name}`,
    ...(objective ? { objective: objective(signals, out) } : {}),
  };
}
