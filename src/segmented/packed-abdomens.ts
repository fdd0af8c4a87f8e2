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
  readonly people: readonly {
    readonly name: string;
    readonly grid: MaskGrid;
    readonly sources: readonly string[];
  }[];
}

const RECORD = 'people.json';
const seriesFile = (name: string): string => `${name}.f32`;
const labelsFile = (name: string, source: string): string => `${name}-${source}.u8`;

/** Packed people as the files of a cell. */
export function encodeAbdomens({ bValues, regions, people }: PackedAbdomens): Map<string, Uint8Array> {
  const record: StoredRecord = {
    ...{ bValues, regions },
    people: people.map(({ name, grid, labels }) => ({ name, grid, sources: [...labels.keys()] })),
  };
  return new Map([
    [RECORD, new TextEncoder().encode(JSON.stringify(record))],
    ...people.flatMap(({ name, series, labels }): [string, Uint8Array][] => [
      [seriesFile(name), new Uint8Array(series.buffer, series.byteOffset, series.byteLength)],
      ...[...labels].map(([source, map]): [string, Uint8Array] => [labelsFile(name, source), map]),
    ]),
  ]);
}

export function decodeAbdomens(files: ReadonlyMap<string, Uint8Array>): PackedAbdomens {
  const read = (name: string): Uint8Array => {
    const bytes = files.get(name);
    if (!bytes) throw new Error(`the cell left no ${name}`);
    return bytes;
  };
  const { people, ...record } = JSON.parse(new TextDecoder().decode(read(RECORD))) as StoredRecord;
  return {
    ...record,
    people: people.map(({ name, grid, sources }) => ({
      ...{ name, grid },
      // Copied, because the bytes of a file need not be aligned to four.
      series: new Float32Array(read(seriesFile(name)).slice().buffer),
      labels: new Map(sources.map((source) => [source, read(labelsFile(name, source))])),
    })),
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
