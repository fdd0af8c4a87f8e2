import type { Json } from '../../contracts/experiment.ts';
import { studyRmse } from './study-rmse.ts';

/** How near a run's data are to the study's test sets. */
export type Nearness =
  /** The very voxels: figures agree to rounding where the method is the same. */
  | 'same voxels'
  /** Tissue, protocol and S0 of the study, other voxels: figures agree within sampling error. */
  | 'same tissue and protocol'
  | 'another setting';

const TISSUE = { Dp: [0.01, 0.1], D: [0.0005, 0.002], f: [0.1, 0.4] };
const B_VALUES = [0, 10, 20, 60, 150, 300, 500, 1000];
const SEEDS = { parameters: 133, noise: 466 };

/** Compares a run's complete config with the study's test sets (Barbieri et al. 2020, its published code). */
export function nearness(config: Json): Nearness {
  const data = at(config, 'data');
  // Tissues that are named one by one are drawn from no range.
  const sameTissue = hasTissue(config, TISSUE) && at(data, 'tissues') === undefined;
  if (!hasStudyProtocol(config) || !sameTissue || at(data, 'S0') !== studyRmse.S0) return 'another setting';
  const seeds = at(data, 'seeds');
  const sameSeeds = at(seeds, 'parameters') === SEEDS.parameters && at(seeds, 'noise') === SEEDS.noise;
  return sameSeeds && at(data, 'voxels') === studyRmse.voxels ? 'same voxels' : 'same tissue and protocol';
}

/**
 * Whether an experiment was run as the paper it repeats has it, so that what is reported may be held against it: simulated voxels of the
 * study's tissue, S0 and b-values; virtual volunteers of the study's organs and b-values; for `stability`, the simulation of Kaandorp 2021.
 */
export function hasPublishedSetting(experiment: string, config: Json): boolean {
  if (experiment === 'stability') return isKaandorps(config);
  // Virtual people in place of the review's patients, whatever the settings; the finding says so.
  if (experiment === 'snr-boost') return true;
  if (experiment === 'volunteers') {
    const name = at(at(at(at(config, 'data'), 'virtual'), 'organs'), 'name');
    return STUDY_ORGANS.some((known) => known === name) && hasStudyProtocol(config);
  }
  return nearness(config) !== 'another setting';
}

/** Files of `configs/organs/` that have the study's regions. */
const STUDY_ORGANS = ['abdomen', 'abdomen-varied'];

const KAANDORP_TISSUE = { D: [0.0005, 0.003], f: [0.05, 0.55], Dp: [0.01, 0.1] };
const KAANDORP_B_VALUES = [0, 5, 10, 20, 30, 40, 60, 150, 300, 500, 700];

/** Whether a config has the simulation that the code of Kaandorp et al. 2021 publishes. */
export const isKaandorps = (config: Json): boolean =>
  same(at(at(config, 'protocol'), 'bValues'), KAANDORP_B_VALUES) && hasTissue(config, KAANDORP_TISSUE);

function hasTissue(config: Json, ranges: Readonly<Record<string, readonly number[]>>): boolean {
  const tissue = at(at(config, 'data'), 'tissue');
  return Object.entries(ranges).every(([name, range]) => same(at(at(tissue, name), 'uniform'), range));
}

/** Whether the one protocol of a config has the study's b-values. */
export const hasStudyProtocol = (config: Json): boolean =>
  same(at(at(config, 'protocol'), 'bValues'), B_VALUES);

function at(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return (value as Readonly<Record<string, Json>>)[key];
}

const same = (a: Json | undefined, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);
