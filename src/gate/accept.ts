import type { Json } from '../contracts/experiment.ts';
import type { StoredRun } from '../contracts/stored-run.ts';
import type { FitterEntry } from '../contracts/study.ts';
import { entriesOf, gatedValuesOf } from './gated-values.ts';
import type { Reference } from './reference.ts';
import { relativeTimes } from './relative-times.ts';
import { trainingsOfRun } from './trainings-of-run.ts';

/** A run as input of the gate: the stored run, with the engines from its record. */
export interface GatedRun extends Pick<StoredRun, 'rows'> {
  readonly manifest: StoredRun['manifest'] & { readonly backends?: Readonly<Record<string, string>> };
}

/** Makes the gated values of a run the accepted ones. */
export function accept(run: GatedRun, name: string, accepted: string): Reference {
  const {
    versions,
    git,
    machine,
    arithmetic = null,
    backends = {},
    seeds,
    experiment,
    configHash,
    config,
  } = run.manifest;
  return {
    format: 1,
    name,
    accepted,
    versions,
    git,
    platform: machine.os.replace(/ .* /, ' '),
    arithmetic,
    engines: Object.fromEntries(
      entriesOf(run.manifest)
        .filter(({ name }) => backends[name] !== undefined)
        .map(({ name, repeat }) => [repeat?.of ?? name, backends[name]]),
    ),
    seeds,
    experiment,
    configHash,
    config: comparableConfig(config),
    trainings: trainingsOfRun(run),
    values: gatedValuesOf(run),
    times: relativeTimes(run.rows),
  };
}

/** Returns a run's config with fitters by name, and repeats combined into one. */
export function comparableConfig(config: Json): Json {
  if (!isMapping(config) || !Array.isArray(config['fitters'])) return config;
  const fitters: Record<string, Json> = {};
  for (const entry of config['fitters'] as readonly Json[]) {
    if (!isMapping(entry)) continue;
    const { name, repeat, ...rest } = entry as Mapping & Pick<FitterEntry, 'name' | 'repeat'>;
    fitters[repeat?.of ?? name] ??= rest;
  }
  return { ...config, fitters };
}

type Mapping = { readonly [key: string]: Json };

const isMapping = (value: Json | undefined): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
