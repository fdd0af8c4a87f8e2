import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../contracts/experiment.ts';
import type { TissuePrior } from '../contracts/fitter.ts';
import type { Signals } from '../contracts/voxels.ts';
import { formatBval } from '../data/bval.ts';
import { encodeNpy } from '../data/npy-write.ts';

/** Increased when the files in the folder change their meaning. */
const FORMAT = 1;

export const ESTIMATES_FILE = 'estimates.npy';
export const SD_FILE = 'sd.npy';

export interface RequestFolder {
  readonly path: string;
  /** Never rejects: files that can't be removed from the temporary folder stay there. */
  remove(): Promise<void>;
}

/** Facts for the program, in addition to the signals. */
export interface RequestFacts {
  readonly seed: number;
  readonly settings: Readonly<Record<string, Json>>;
  /** The distribution of the tissue parameters, if the program declares that it needs it. */
  readonly tissue?: TissuePrior;
}

/**
 * Writes the input of a program into a new folder: `signals.npy` (n x n_b float64, normalised, b=0 first), `signals.bval` (the
 * b-values as text), `sigma.npy` (n, if known) and `request.json`.
 */
export async function writeRequest(
  signals: Signals,
  { seed, settings, tissue }: RequestFacts,
): Promise<RequestFolder> {
  const { n, bValues, values, sigma } = signals;
  const path = await mkdtemp(join(tmpdir(), 'ivim-bench-request-'));
  const remove = () => rm(path, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  const request = {
    format: FORMAT,
    voxels: n,
    b_values: [...bValues],
    units: { b_values: 's/mm²', S0: 'that of the signals', D: 'mm²/s', f: '0..1', Dp: 'mm²/s' },
    seed,
    settings,
    ...(tissue ? { tissue } : {}),
    files: {
      signals: 'signals.npy',
      sigma: sigma ? 'sigma.npy' : null,
      estimates: ESTIMATES_FILE,
      sd: SD_FILE,
    },
  };
  try {
    const width = bValues.length;
    await writeFile(join(path, 'signals.npy'), encodeNpy(values.subarray(0, n * width), [n, width]));
    await writeFile(join(path, 'signals.bval'), formatBval(bValues));
    if (sigma) await writeFile(join(path, 'sigma.npy'), encodeNpy(sigma.subarray(0, n), [n]));
    await writeFile(join(path, 'request.json'), JSON.stringify(request, null, 2) + '\n');
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, remove };
}
