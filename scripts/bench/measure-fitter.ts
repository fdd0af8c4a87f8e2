import { allocateEstimates } from '../../src/contracts/voxels.ts';
import type { Estimates, LabelledSignals, Signals } from '../../src/contracts/voxels.ts';
import { loadFitter } from '../../src/plugins/discover.ts';
import type { Measurement } from './job.ts';

/** Duration of a timed stretch, the same for a peer; a short one may or may not meet other load on the machine. */
const TIMED_MS = 1000;

/** Prepares a fitter, warms it up for a second and times passes over the voxels on this thread. */
export async function measureFitter(
  name: string,
  voxels: LabelledSignals,
  settings: Readonly<Record<string, unknown>>,
  objective?: (signals: Signals, estimates: Estimates) => number[],
): Promise<Measurement> {
  const { value: fitter } = await loadFitter(name);
  const { signals } = voxels;
  const prepared = await fitter.prepare(
    { bValues: signals.bValues, seed: 1, allVoxels: () => Promise.resolve(signals) },
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
  let seconds = 0;
  let passes = 0;
  for (; 1000 * seconds < TIMED_MS; passes++) {
    const took = await pass();
    least = Math.min(least, took);
    seconds += took;
  }
  return {
    seconds,
    units: passes * signals.n,
    least: least / signals.n,
    version: `ivim-bench ${name}`,
    ...(objective ? { objective: objective(signals, out) } : {}),
  };
}
