import type { Json } from '../../contracts/experiment.ts';
import type { RunManifest } from '../../contracts/stored-run.ts';

/** A fitter in the record of a run: its name in rows, the fitter, and its settings. */
export interface RecordedFitter {
  readonly name: string;
  readonly use: string;
  readonly settings: Json;
}

/** Returns the fitters of a run; if it combines several experiments, those of each. */
export function fittersOf({ config }: Pick<RunManifest, 'config'>): RecordedFitter[] {
  const sections = isMapping(config) ? [config, ...Object.values(config).filter(isMapping)] : [];
  return sections.flatMap(({ fitters }) => (Array.isArray(fitters) ? fitters.filter(isFitter) : []));
}

/**
 * Returns the name of the fitter `use` in a run, whatever its settings. If it is used several times, the entry with the name of the
 * fitter itself, otherwise the first.
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
