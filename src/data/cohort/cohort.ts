import type { ParameterName } from '../../contracts/voxels.ts';
import type { MeasuredProtocol } from '../measured-protocol.ts';
import type { Turn } from '../reorder.ts';
import type { MissingPolicy } from './source.ts';

/** Something missing or wrong in a data set, and what is skipped because of it. */
export interface Shortcoming {
  readonly subject: string;
  /** '' if it concerns the whole subject. */
  readonly session: string;
  readonly reader?: string;
  readonly region?: string;
  readonly file?: string;
  readonly leavesOut: 'session' | 'drawing' | 'region' | 'voxels';
  /** A statement that names all of the above. */
  readonly text: string;
}

/** The drawing of one reader in one session: a label map, or a mask per region. */
export interface Drawing {
  readonly reader: string;
  readonly maps: readonly RegionMap[];
}

export interface RegionMap {
  readonly file: string;
  /** Names by number; for a mask, its only region, which contains all voxels that are not 0. */
  readonly regions: ReadonlyMap<number, string> | string;
  /** How its axes run in those of the image, if they run otherwise. */
  readonly turn?: Turn;
}

/** The files of one session of one subject. */
export interface SessionFiles {
  readonly subject: string;
  /** '' if the subject has only one, unnamed session. */
  readonly session: string;
  /** Name in messages: `sub-01 ses-3T`. */
  readonly name: string;
  readonly images: readonly string[];
  /** One per image, or a single one for all volumes of a series. */
  readonly bvals: readonly string[];
  readonly drawings: readonly Drawing[];
  /** Field strength in tesla, if known. */
  readonly field?: number;
  /** Noise per quadrature channel of one volume, in the unit of the image, if known. */
  readonly sigma?: number;
  /** True maps, if the data are simulated and have them. */
  readonly truth: Readonly<Partial<Record<ParameterName | 'S0', string>>>;
}

/** A session that can be analysed: its headers are valid, and its regions lie on the grid of the image. */
export interface CohortSession extends SessionFiles {
  /** s/mm², ascending, each once; the first is 0, or the lowest measured if there is no b=0. Sessions may differ. */
  readonly bValues: Float64Array;
  readonly protocol: MeasuredProtocol;
  /** What is doubtful about its b-values and regions, or was read otherwise than literally. */
  readonly notes: readonly string[];
  /** Voxels along the three axes. */
  readonly shape: readonly [number, number, number];
  /** Voxel indices to mm. */
  readonly affine: readonly (readonly number[])[];
}

/** A data set, as described by its headers and tables. */
export interface Cohort {
  readonly sessions: readonly CohortSession[];
  /** Names of all subjects, in the order of the data set; likewise below. */
  readonly subjects: readonly string[];
  readonly sessionNames: readonly string[];
  readonly readers: readonly string[];
  readonly regions: readonly string[];
  /** What is missing according to headers and tables; `readSession` may find more. */
  readonly missing: readonly Shortcoming[];
  readonly notes: readonly string[];
  readonly policy: MissingPolicy;
  readonly gridTolerance: number;
}
