import { InputError } from '../../src/contracts/input-error.ts';
import type { Fitter } from '../../src/contracts/fitter.ts';
import type { FitterEntry } from '../../src/contracts/study.ts';
import { checkBValues, takenBValues } from '../../src/data/check-b-values.ts';
import { needsOf } from '../../src/plugins/needs-of.ts';

/** What decides, before any voxel is read, whether a fitter can be used for a session. */
export interface SessionFacts {
  readonly bValues: ArrayLike<number>;
  /** Whether the noise level is known. */
  readonly noiseKnown: boolean;
}

/** Notes on the use of a fitter for a session, or why it can't be used. */
export interface FitterUse {
  readonly fault?: string;
  readonly notes: readonly string[];
}

/** Checks the b-values and the noise of a session against the requirements of a fitter. */
export function useOfFitter(
  { name, settings }: Pick<FitterEntry, 'name' | 'settings'>,
  fitter: Fitter,
  { bValues, noiseKnown }: SessionFacts,
): FitterUse {
  try {
    const taken = takenBValues(name, fitter, Float64Array.from(bValues));
    checkBValues(name, fitter, taken.bValues, settings);
    if (needsOf(fitter, settings).includes('sigma') && !noiseKnown)
      return { fault: `${name} ${NO_NOISE}`, notes: [] };
    return { notes: taken.notes.map((note) => `${name}: ${note}`) };
  } catch (error) {
    if (error instanceof InputError) return { fault: error.message, notes: [] };
    throw error;
  }
}

const NO_NOISE =
  'needs the noise level: give NoiseStandardDeviation (per quadrature channel, in the unit of the image) in the JSON file ' +
  'beside the image, or `sigma` in `data.files`';

/** @throws InputError if a fitter can't be used for any of the sessions */
export function requireUsable(
  entry: Pick<FitterEntry, 'name' | 'settings'>,
  fitter: Fitter,
  sessions: readonly SessionFacts[],
): void {
  const faults = sessions.map((session) => useOfFitter(entry, fitter, session).fault);
  const [first] = faults;
  if (first === undefined || faults.includes(undefined)) return;
  throw new InputError(faults.length > 1 ? `${first} (so in all ${faults.length} sessions)` : first);
}
