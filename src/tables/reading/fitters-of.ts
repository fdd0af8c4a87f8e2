import type { Json } from '../../contracts/experiment.ts';
import type { RunManifest } from '../../contracts/stored-run.ts';

/** A fitter as the record of a run has it: what rows call it, which fitter it is, and under which settings. */
export interface RecordedFitter {
  readonly name: string;
  readonly use: string;
  readonly settings: Json;
}

/** The fitters of a run; where it puts several experiments together, those of each. */
export function fittersOf({ config }: Pick<RunManifest, 'config'>): RecordedFitter[] {
  const sections = isMapping(config) ? [config, ...Object.values(config).filter(isMapping)] : [];
  return sections.flatMap(({ fitters }) => (Array.isArray(fitters) ? fitters.filter(isFitter) : []));
}

/**
 * What a run calls the fitter `use`, whatever its settings: anything may have any name. Of several, the one that goes by its own name, or
 * else the first.
 */
export function nameOf(manifest: Pick<RunManifest, 'config'>, use: string): string | undefined {
  return preferOwnName(fittersOf(manifest).filter((fitter) => fitter.use === use))?.name;
}

export const preferOwnName = (fitters: readonly RecordedFitter[]): RecordedFitter | undefined =>
  fitters.find(({ name, use }) => name === use) ?? fitters[0];

type Mapping = { readonly [key: string]: Json };

const isMapping = (value: Json | undefined): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFitter = (value: Json): value is Json & RecordedFitter =>
  isMapping(value) && typeof value['name'] === 'string' && typeof value['use'] === 'string';
