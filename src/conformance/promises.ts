import type { Fitter, Guarantee } from '../contracts/fitter.ts';
import { needsOf } from '../plugins/needs-of.ts';

/** Amounts of work that show what the suite checks; as `epochs`, they replace the default of a setting of that name. */
const BRIEF_WORK = { samples: 400, burnIn: 300, effective: 0, sweeps: 50, exactVoxels: 32 };

/**
 * Returns the default settings, with fewer epochs, shorter walks and fewer exact answers if there are any. Networks that would learn too slowly get a
 * higher learning rate: the suite checks a contract, not the accuracy of published settings.
 */
export function settingsFor(fitter: Fitter, epochs: number): unknown {
  const defaults = fitter.settings?.parse({}) ?? {};
  const has = (key: string) => Object.hasOwn(defaults, key);
  const rate = Object.entries(defaults).find(([key]) => key === 'learningRate')?.[1] as number | undefined;
  const faster = rate !== undefined && rate < 1e-3 ? { learningRate: 1e-3 } : {};
  const shorter = Object.entries({ epochs, ...BRIEF_WORK }).filter(([key]) => has(key));
  const brief = fitter.settings?.safeParse({ ...Object.fromEntries(shorter), ...faster });
  return brief?.success ? brief.data : defaults;
}

/** Returns the guarantees that the estimates of a fitter are checked against. */
export function guaranteesOf(fitter: Fitter): readonly Guarantee[] {
  if (fitter.guarantees) return fitter.guarantees;
  const needs = needsOf(fitter, settingsFor(fitter, 1));
  const guarantees: Guarantee[] = [];
  const trained = fitter.trains === 'on given voxels';
  if (!trained && !needs.includes('tissue')) guarantees.push('exact');
  if (!trained) guarantees.push('ordered');
  return guarantees;
}
