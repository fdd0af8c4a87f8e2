import type { Json } from '../contracts/experiment.ts';
import { InputError } from '../contracts/input-error.ts';
import { comparableConfig } from './accept.ts';
import { configDifferences } from './config-differences.ts';
import { compareGatedValues } from './gated-values.ts';
import type { GatedValueId } from './gated-value.ts';
import type { Reference } from './reference.ts';

/** Returns accepted values without those of some fitters. */
export function withoutFitters(known: Reference, fitters: readonly string[]): Reference {
  return { ...known, values: known.values.filter(({ method }) => !fitters.includes(method)) };
}

/** Combines newly accepted values with those of fitters that were not run, which remain accepted. */
export function keepValues(accepted: Reference, known: Reference, fitters: readonly string[]): Reference {
  const stays = ({ method }: Pick<GatedValueId, 'method'>) => fitters.includes(method);
  const values = known.values.filter(stays);
  if (values.length === 0) return accepted;
  const { git, arithmetic } = known;
  const chosen = <T>(of: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(of).filter(([method]) => stays({ method })));
  const names = [...new Set(values.map(({ method }) => method))];
  return {
    ...accepted,
    arithmetic: arithmetic === accepted.arithmetic ? arithmetic : null,
    engines: { ...chosen(known.engines), ...accepted.engines },
    seeds: { ...known.seeds, ...accepted.seeds },
    config: withFitters(accepted.config, chosen(fittersIn(known.config))),
    trainings: { ...chosen(known.trainings), ...accepted.trainings },
    values: [...values, ...accepted.values].sort(compareGatedValues),
    times: [...known.times.filter(stays), ...accepted.times],
    kept: Object.fromEntries(
      names.map((name) => [name, known.kept?.[name] ?? { accepted: known.accepted, git }]),
    ),
  };
}

/**
 * Checks that kept values are of the same voxels as the new ones, since the file holds a single config.
 * @throws InputError if they are not
 */
export function requireKeepable(known: Reference, config: Json, fitters: readonly string[]): void {
  const kept = known.values.find(({ method }) => fitters.includes(method));
  const differences = configDifferences(known.config, comparableConfig(config));
  const other = differences.find(({ path }) => !path.startsWith('fitters.'));
  if (!kept || !other) return;
  throw new InputError(
    `--only with --update keeps the accepted values of ${kept.method}, which are of another config: ${other.path} differs; ` +
      'allowed: --update without --only',
  );
}

/** Returns the fitters of a config in the form of `comparableConfig`. */
const fittersIn = (config: Json): Record<string, Json> =>
  (config as { readonly fitters?: Record<string, Json> } | null)?.fitters ?? {};

const withFitters = (config: Json, fitters: Readonly<Record<string, Json>>): Json => ({
  ...(config as Record<string, Json>),
  fitters: { ...fitters, ...fittersIn(config) },
});
