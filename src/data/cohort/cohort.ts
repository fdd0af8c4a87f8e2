import type { ParameterName } from '../../contracts/voxels.ts';
import type { Scheme } from '../scheme.ts';
import type { MissingPolicy } from './source.ts';

/** Something a data set lacks or has wrong, and how much of it is left out for it. */
export interface Shortcoming {
  readonly subject: string;
  /** '' where it concerns all of the subject. */
  readonly session: string;
  readonly reader?: string;
  readonly region?: string;
  readonly file?: string;
  readonly leavesOut: 'session' | 'drawing' | 'region' | 'voxels';
  /** A plain statement that names all of the above. */
  readonly text: string;
}

/** What one reader drew in one session, in one label map or in a mask per region. */
export interface Drawing {
  readonly reader: string;
  readonly maps: readonly RegionMap[];
}

export interface RegionMap {
  readonly file: string;
  /** Names by number; for a mask its one region, to which every voxel belongs that is not 0. */
  readonly regions: ReadonlyMap<number, string> | string;
}

/** One session of one subject: where its files are. */
export interface SessionFiles {
  readonly subject: string;
  /** '' where the subject has one session without a name. */
  readonly session: string;
  /** How messages name it: `sub-01 ses-3T`. */
  readonly name: string;
  readonly images: readonly string[];
  /** One per image; or a single one for all, where they are volumes of one series. */
  readonly bvals: readonly string[];
  readonly drawings: readonly Drawing[];
  /** Field strength in tesla, where it is known. */
  readonly field?: number;
  /** Noise per quadrature channel of one volume, in the unit of the image, where it is known. */
  readonly sigma?: number;
  /** True maps, where a simulation left some. */
  readonly truth: Readonly<Partial<Record<ParameterName | 'S0', string>>>;
}

/** A session that can be analysed: its headers are right, its regions lie on its image's grid. */
export interface CohortSession extends SessionFiles {
  /** s/mm², ascending, each once; the first is 0, or the lowest measured where no b=0 was. Sessions may differ. */
  readonly bValues: Float64Array;
  readonly scheme: Scheme;
  /** Voxels along the three axes. */
  readonly shape: readonly [number, number, number];
  /** Voxel indices to mm. */
  readonly affine: readonly (readonly number[])[];
}

/** A data set as its headers and tables tell it. */
export interface Cohort {
  readonly sessions: readonly CohortSession[];
  /** Names of everything that is anywhere, in the order of the data set. */
  readonly subjects: readonly string[];
  readonly sessionNames: readonly string[];
  readonly readers: readonly string[];
  readonly regions: readonly string[];
  /** What is missing, as far as headers and tables tell; `readSession` may find more. */
  readonly missing: readonly Shortcoming[];
  readonly notes: readonly string[];
  readonly policy: MissingPolicy;
  readonly gridTolerance: number;
}
