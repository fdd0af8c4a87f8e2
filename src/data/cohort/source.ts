import type { ParameterName } from '../../contracts/voxels.ts';

/** How to handle missing data: stop, or list it and analyse the rest. */
export type MissingPolicy = 'refuse' | 'report';

/** A folder in BIDS layout. */
export interface BidsSource {
  readonly folder: string;
  /** Folder of the drawn regions, within `folder` or absolute. */
  readonly readers: string;
  /** Folder of true maps, if the data are simulated and have them. */
  readonly truth: string;
  /** Name parts that select one of several series in a session, as in `acq-ivim`; `plain` selects the series without any. */
  readonly series: readonly string[];
}

/** One session, with its files listed individually. */
export interface FileRow {
  readonly subject: string;
  readonly session: string;
  /** A series, or several series and volumes that are concatenated. */
  readonly images: readonly string[];
  readonly bval: string;
  /** By reader: a label map, or one mask per region. */
  readonly masks: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** Names of the numbers in label maps: a table with the columns index and name, or names by number. */
  readonly labels?: string | Readonly<Record<string, string>>;
  /** Field strength in tesla. */
  readonly field?: number;
  /** Noise per quadrature channel of one volume, in the unit of the image. */
  readonly sigma?: number;
  /** True maps, if known. */
  readonly truth?: Readonly<Partial<Record<ParameterName | 'S0', string>>>;
}

/** A data set on disk, and how strictly it is read. Paths are absolute or relative to the current folder. */
export interface CohortSource {
  readonly from: { readonly bids: BidsSource } | { readonly files: readonly FileRow[] };
  readonly missing: MissingPolicy;
  /** Largest distance between the grids of an image and of regions at any corner, in voxels. */
  readonly gridTolerance: number;
  /** Readers and regions expected in every session; by default those that occur in any session. */
  readonly expect?: { readonly readers?: readonly string[]; readonly regions?: readonly string[] };
}
