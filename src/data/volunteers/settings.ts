import type { ParameterName } from '../../contracts/voxels.ts';

export type Vector = readonly [number, number, number];

/** D and Dp in mm²/s, f a fraction; or a spread of each, as a coefficient of variation. */
export type PerParameter = Readonly<Record<ParameterName, number>>;

/** A tissue at every field strength: T1 and T2 in ms, by the name of the field (`1.5T`). */
export interface Tissue extends PerParameter {
  readonly T1: Readonly<Record<string, number>>;
  readonly T2: Readonly<Record<string, number>>;
}

/**
 * A superellipsoid in the patient's axes (x to the right, y to the front, z to the head), in mm from the centre of the body:
 * |x/a|^e + |y/b|^e + |z/c|^e < 1, rotated about z by `turn` degrees.
 */
export interface OrganShape {
  readonly center: Vector;
  readonly radii: Vector;
  /** 2 is an ellipsoid; larger values are boxier. */
  readonly exponent: number;
  readonly turn: number;
}

/** An organ, or a part of one: `inside` names the region that determines its position and size and from which it is cut out. */
export interface Region extends Tissue {
  readonly shape: OrganShape;
  /** Where a paired organ lies a second time, with the same radii: the other kidney. */
  readonly second?: Pick<OrganShape, 'center' | 'turn'>;
  readonly inside?: string;
}

/** The vascular compartment where its transverse relaxation is known: f then depends on the echo time. */
export interface Blood {
  /** ms, by field. */
  readonly T2: Readonly<Record<string, number>>;
  /** Echo time at which the f of the organs holds, ms. */
  readonly TE: number;
}

/** The body: an elliptic cylinder along z, filled with one tissue. Around it is air. */
export interface Surroundings extends Tissue {
  readonly radii: readonly [number, number];
}

export interface Organs {
  /** By name. Where two overlap, the earlier one takes precedence. */
  readonly regions: Readonly<Record<string, Region>>;
  readonly surroundings: Surroundings;
  /** Coefficients of variation: of a region's mean over subjects, and of voxels within a region. */
  readonly spread: { readonly betweenSubjects: PerParameter; readonly withinRegion: PerParameter };
  /** By field: mean S0 of the regions over the noise per quadrature channel. */
  readonly snr: Readonly<Record<string, number>>;
  /** By field: factors of D, f and Dp of every tissue; 1 where a field is not listed. */
  readonly atField?: Readonly<Record<string, PerParameter>>;
  /** If absent, f is the same at every echo time. */
  readonly blood?: Blood;
}

/** One visit to the scanner. */
export interface Session {
  /** Set in a session that repeats the named one with ideal readers and without motion: same people, grid and noise. */
  readonly idealOf?: string;
  /** A name that occurs in `T1`, `T2` and `snr`. */
  readonly field: string;
  /** Echo and repetition time in ms. */
  readonly TE: number;
  readonly TR: number;
}

/** How a person draws regions. Every contour is drawn independently. */
export interface ReaderHabits {
  /** Standard deviation of a contour's misplacement along each axis, mm. */
  readonly shift: number;
  /** Size of the drawn organ relative to the true one. */
  readonly size: { readonly mean: number; readonly sd: number };
  /** Standard deviation of the contour perturbation, as a fraction of the organ's radius. */
  readonly waver: number;
  /** Number of waves around the contour: few is smooth, many is ragged. */
  readonly waves: number;
  /** Discs placed inside the contour, in place of the whole organ. */
  readonly discs?: {
    /** mm */
    readonly diameter: number;
    /** By region; a region that is not listed is drawn as a whole. */
    readonly number: Readonly<Record<string, number>>;
  };
}

/** Everything that decides a data set of virtual volunteers. */
export interface VolunteersSettings {
  readonly seed: number;
  /** s/mm², one volume each, in this order; the first is 0. */
  readonly bValues: readonly number[];
  readonly subjects: number;
  readonly sessions: Readonly<Record<string, Session>>;
  readonly organs: Organs;
  readonly image: {
    /** Voxels along x, y and z. */
    readonly shape: Vector;
    /** Size of a voxel in mm. */
    readonly voxel: Vector;
    /** Standard deviation of the tilt about each axis, degrees. */
    readonly tilt: number;
  };
  /** Variation between people: positions of organs (SD in mm), sizes and outlines (SD as a fraction of the radius). */
  readonly anatomy: { readonly position: number; readonly size: number; readonly outline: number };
  /** Length over which tissue varies within a region, mm. */
  readonly texture: number;
  /** Sampling points per axis for the tissue of a voxel; 1 means no partial volume. */
  readonly subvoxels: number;
  /** If false, signals have no noise. */
  readonly noise: boolean;
  /** Standard deviation of the displacement of every volume along the patient's axes, mm. */
  readonly motion: Vector;
  readonly readers: Readonly<Record<string, ReaderHabits>>;
  /** Readers of the sessions with `idealOf`. */
  readonly ideal?: { readonly readers: Readonly<Record<string, ReaderHabits>> };
}
