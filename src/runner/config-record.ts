import type { Json } from '../contracts/experiment.ts';
import type { Study } from '../contracts/study.ts';
import { hashOf } from './hash.ts';

/** Returns a study's config for `run.json`: complete, but without the locations of modules on this machine. */
export function configRecord({ experiment, title, config }: Study): Json {
  const plain = JSON.parse(
    JSON.stringify(config, (key, value: unknown) => (key === 'module' ? undefined : value)),
  ) as Record<string, Json>;
  return { experiment, title, ...plain };
}

/**
 * Returns the hash of a study's config, in which paths on this machine do not count: what is read there is part of the keys of
 * cells. Parts of a run on several machines have the same hash.
 */
export function configHashOf(study: Study): string {
  const places = new Set(study.places);
  const withoutPlaces = JSON.parse(
    JSON.stringify(configRecord(study), (_key, value: unknown) =>
      typeof value === 'string' && places.has(value) ? '' : value,
    ),
  ) as Json;
  return hashOf(withoutPlaces);
}

/** Returns every seed that a config contains, by its path: `data.seeds.noise`. */
export function seedsIn(config: Json, path = ''): Record<string, number> {
  if (config === null || typeof config !== 'object' || Array.isArray(config)) return {};
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) => {
      const name = path === '' ? key : `${path}.${key}`;
      const isSeed = typeof value === 'number' && (key === 'seed' || /(^|\.)seeds$/.test(path));
      return isSeed ? [[name, value]] : Object.entries(seedsIn(value, name));
    }),
  );
}
