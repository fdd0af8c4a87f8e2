import type { ParameterName } from '../../contracts/voxels.ts';

/** What is done about what a data set lacks: stop, or list it and go on with the rest. */
export type MissingPolicy = 'refuse' | 'report';

/** A folder laid out as BIDS has it. */
export interface BidsSource {
  readonly folder: string;
  /** Folder of the drawn regions, within `folder` or absolute. */
  readonly readers: string;
  /** Folder of true maps, where a simulation left some. */
  readonly truth: string;
  /** Parts that the names of the series to be read have, as in `acq-ivim`, or `plain` for one without any; for sessions with several series. */
  readonly series: readonly string[];
}

/** One session, its files named one by one. */
export interface FileRow {
  readonly subject: string;
  readonly session: string;
  /** A series, or several series and volumes that follow one another. */
  readonly images: readonly string[];
  readonly bval: string;
  /** By reader: a label map, or one mask per region. */
  readonly masks: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** What the numbers of label maps mean: a table with the columns index and name, or the names by number. */
  readonly labels?: string | Readonly<Record<string, string>>;
  /** Field strength in tesla. */
  readonly field?: number;
  /** Noise per quadrature channel of one volume, in the unit of the image. */
  readonly sigma?: number;
  /** True maps, where they are known. */
  readonly truth?: Readonly<Partial<Record<ParameterName | 'S0', string>>>;
}

/** A data set on disk, and how strictly it is read. Paths are absolute or relative to the current folder. */
export interface CohortSource {
  readonly from: { readonly bids: BidsSource } | { readonly files: readonly FileRow[] };
  readonly missing: MissingPolicy;
  /** How far the grids of an image and of regions may lie apart at any corner, in voxels. */
  readonly gridTolerance: number;
  /** Readers and regions every session ought to have; by default those that any session has. */
  readonly expect?: { readonly readers?: readonly string[]; readonly regions?: readonly string[] };
}
