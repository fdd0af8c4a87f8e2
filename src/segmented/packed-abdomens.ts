import { z } from 'zod';
import { bytesOf, storedBytes, storedFloats, storedJson } from '../files/stored-file.ts';
import type { MaskGrid } from '../image-metrics/surface-distances.ts';

/** A scan with its label maps. */
export interface Person {
  readonly name: string;
  readonly grid: MaskGrid;
  /** One volume per b-value, one after the other, x fastest; divided by the median of the foreground at b=0. */
  readonly series: Float32Array;
  /** By who drew them: `truth`, or a reader. 0 is background, regions are numbered from 1. */
  readonly labels: ReadonlyMap<string, Uint8Array>;
}

/** The people of a study. */
export interface PackedAbdomens {
  readonly bValues: readonly number[];
  /** Names of the regions, in the order of their numbers. */
  readonly regions: readonly string[];
  readonly people: readonly Person[];
}

interface StoredRecord {
  readonly bValues: readonly number[];
  readonly regions: readonly string[];
  readonly people: readonly (Pick<Person, 'name' | 'grid'> & { readonly sources: readonly string[] })[];
}

const THREE = z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]);
const RECORD = storedJson<StoredRecord>(
  'people.json',
  z.object({
    bValues: z.array(z.number()),
    regions: z.array(z.string()),
    people: z.array(
      z.object({
        name: z.string(),
        grid: z.object({ shape: THREE, voxel: THREE }),
        sources: z.array(z.string()),
      }),
    ),
  }),
);
const seriesFile = (name: string): string => `${name}.f32`;
const labelsFile = (name: string, source: string): string => `${name}-${source}.u8`;

/** Packed people as the files of a cell. */
export function encodeAbdomens({ bValues, regions, people }: PackedAbdomens): Map<string, Uint8Array> {
  const entries = people.map(({ name, grid, labels }) => ({ name, grid, sources: [...labels.keys()] }));
  return new Map([
    RECORD.encode({ bValues, regions, people: entries }),
    ...people.flatMap(({ name, series, labels }): [string, Uint8Array][] => [
      [seriesFile(name), bytesOf(series)],
      ...[...labels].map(([source, map]): [string, Uint8Array] => [labelsFile(name, source), map]),
    ]),
  ]);
}

/** The people that a cell left. @throws InputError where its files hold something else */
export function decodeAbdomens(files: ReadonlyMap<string, Uint8Array>): PackedAbdomens {
  const { people, ...record } = RECORD.decode(files.get(RECORD.name));
  return {
    ...record,
    people: people.map(({ name, grid, sources }) => {
      const voxels = grid.shape.reduce((product, size) => product * size, 1);
      const content = (file: string) => files.get(file);
      const series = seriesFile(name);
      return {
        ...{ name, grid },
        series: storedFloats(series, content(series), voxels * record.bValues.length),
        labels: new Map(
          sources.map((source) => {
            const file = labelsFile(name, source);
            return [source, storedBytes(file, content(file), voxels)];
          }),
        ),
      };
    }),
  };
}

/** People by their names, in the order of the names. */
export function peopleNamed({ people }: PackedAbdomens, names: readonly string[]): Person[] {
  return names.map((name) => {
    const found = people.find((person) => person.name === name);
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  });
}
