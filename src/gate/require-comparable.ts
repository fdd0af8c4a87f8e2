import type { Json } from '../contracts/experiment.ts';
import { InputError } from '../contracts/input-error.ts';
import { counted } from '../wording/counted.ts';
import { gatedValueKey, gatedValueName, type GatedValue } from './gated-value.ts';
import type { Reference } from './reference.ts';

/** The run or config, and the file of accepted values, as named in messages. */
export interface Compared {
  readonly run: string;
  readonly against: string;
}

/** The config of a run that has not started. */
export interface Planned {
  readonly experiment: string;
  readonly config: Json;
  /** Selected fitters, by the names of their values; absent: all. */
  readonly only?: readonly string[];
}

/** @throws InputError if a run's values are not of the config whose values were accepted */
export function requireComparable(
  experiment: string,
  found: readonly GatedValue[],
  reference: Pick<Reference, 'experiment' | 'values'>,
  compared: Compared,
): void {
  requireSameExperiment(experiment, reference, compared);
  const known = new Map(reference.values.map((gated) => [gatedValueKey(gated), gated]));
  const common = found.filter((gated) => known.has(gatedValueKey(gated)));
  if (common.length === 0 && found.length > 0) refuse(compared, 'no gated value is in both');
  const other = common.find((gated) => gated.n !== known.get(gatedValueKey(gated))!.n);
  if (!other) return;
  refuse(
    compared,
    `${gatedValueName(other)} is of ${counted(known.get(gatedValueKey(other))!.n, 'voxel')}, not ${other.n}`,
  );
}

/**
 * The same check before the run, from its config alone.
 * @throws InputError if the values of the run will not be comparable
 */
export function requireComparablePlan(
  { experiment, config, only }: Planned,
  reference: Reference,
  compared: Compared,
): void {
  requireSameExperiment(experiment, reference, compared);
  if (only && !reference.values.some(({ method }) => only.includes(method)))
    refuse(compared, 'no gated value is in both');
  const [accepted, asked] = [reference.config, config].map(voxelsOf);
  if (accepted !== undefined && asked !== undefined && accepted !== asked)
    refuse(compared, `data.voxels is ${accepted}, not ${asked}`);
}

function requireSameExperiment(
  experiment: string,
  reference: Pick<Reference, 'experiment'>,
  compared: Compared,
): void {
  if (experiment !== reference.experiment)
    refuse(compared, `experiment ${reference.experiment}, not ${experiment}`);
}

/** Returns the number of voxels of every value; undefined if it is unknown, or protocols may have their own voxels. */
function voxelsOf(config: Json): number | undefined {
  const { data, protocols } = (config ?? {}) as { data?: { voxels?: number }; protocols?: Json };
  return protocols === undefined ? data?.voxels : undefined;
}

function refuse({ run, against }: Compared, why: string): never {
  throw new InputError(
    `${against} holds values of another config than ${run}: ${why}; --against names another file, --update accepts anew`,
  );
}
