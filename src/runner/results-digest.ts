import { digestOf } from '../files/digest.ts';

/** A stored cell and the digest of its result, which covers its files. */
export interface CellDigest {
  readonly key: string;
  readonly digest: string;
}

/** Returns the digest of stored cells, whatever their order. */
export const digestOfResults = (cells: readonly CellDigest[]): string =>
  digestOf(
    cells
      .map(({ key, digest }) => `${key} ${digest}`)
      .sort()
      .join('\n'),
  );
