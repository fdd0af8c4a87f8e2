import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../contracts/experiment.ts';
import type { TissuePrior } from '../contracts/fitter.ts';
import type { Signals } from '../contracts/voxels.ts';
import { formatBval } from '../data/bval.ts';
import { encodeNpy } from '../data/npy-write.ts';

/** Raised when what a program finds in its folder changes its meaning. */
const FORMAT = 1;

export const ESTIMATES_FILE = 'estimates.npy';
export const SD_FILE = 'sd.npy';

export interface RequestFolder {
  readonly path: string;
  /** Never rejects: what can't be removed from a folder for temporary files stays there. */
  remove(): Promise<void>;
}

/** What a program is told besides the signals. */
export interface RequestFacts {
  readonly seed: number;
  readonly settings: Readonly<Record<string, Json>>;
  /** The distribution the tissue comes from, where the program says that it needs it. */
  readonly tissue?: TissuePrior;
}

/**
 * Writes what a program fits into a new folder: `signals.npy` (n x n_b float64, normalised, b=0 first), `signals.bval`
 * (the b-values as text), `sigma.npy` (n, where known) and `request.json`.
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
