import type { ParameterName } from '../../contracts/voxels.ts';

export type Vector = readonly [number, number, number];

/** D and Dp in mm²/s, f a fraction; or a spread of each, as a coefficient of variation. */
export type PerParameter = Readonly<Record<ParameterName, number>>;

/** What a tissue is at every field strength: T1 and T2 in ms, by the name of the field (`1.5T`). */
export interface Tissue extends PerParameter {
  readonly T1: Readonly<Record<string, number>>;
  readonly T2: Readonly<Record<string, number>>;
}

/**
 * A superellipsoid in the patient's own axes (x to the right, y to the front, z to the head), in mm from the middle of
 * the body: |x/a|^e + |y/b|^e + |z/c|^e < 1, turned about z by `turn` degrees.
 */
export interface OrganShape {
  readonly center: Vector;
  readonly radii: Vector;
  /** 2 is an ellipsoid, more is boxier. */
  readonly exponent: number;
  readonly turn: number;
}

/** An organ, or a part of one: `inside` names the region whose place and size it follows and out of which it is cut. */
export interface Region extends Tissue {
  readonly shape: OrganShape;
  readonly inside?: string;
}

/** The body: an elliptic cylinder along z, filled with one tissue. Around it is air. */
export interface Surroundings extends Tissue {
  readonly radii: readonly [number, number];
}

export interface Organs {
  /** By name. Where two overlap, the earlier has the place. */
  readonly regions: Readonly<Record<string, Region>>;
  readonly surroundings: Surroundings;
  /** Coefficients of variation: of a region's mean over subjects, and of voxels within a region. */
  readonly spread: { readonly betweenSubjects: PerParameter; readonly withinRegion: PerParameter };
  /** By field: mean S0 of the regions over the noise per quadrature channel. */
  readonly snr: Readonly<Record<string, number>>;
}

/** One visit to the scanner. */
export interface Session {
  /** A name that `T1`, `T2` and `snr` have. */
  readonly field: string;
  /** Echo and repetition time in ms. */
  readonly TE: number;
  readonly TR: number;
}

/** How a person draws regions. Every contour is drawn anew, independently of all others. */
export interface ReaderHabits {
  /** Standard deviation of a contour's misplacement along each axis, mm. */
  readonly shift: number;
  /** Size of the drawn organ relative to the true one. */
  readonly size: { readonly mean: number; readonly sd: number };
  /** Standard deviation of the contour's wavering, as a fraction of the organ's radius. */
  readonly waver: number;
  /** How quickly the contour wavers, in waves around the organ: few is smooth, many is ragged. */
  readonly waves: number;
}

/** Everything that decides a data set of virtual volunteers. */
export interface VolunteersSettings {
  readonly seed: number;
  /** s/mm², one volume each, in this order; the first 0. */
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
  /** How people differ: organs' places (SD in mm), sizes and outlines (SD as a fraction of the radius). */
  readonly anatomy: { readonly position: number; readonly size: number; readonly outline: number };
  /** Over what distance tissue varies within a region, mm. */
  readonly texture: number;
  /** Points per axis at which a voxel's tissue is looked up; 1 means that no voxel holds two tissues. */
  readonly subvoxels: number;
  /** False leaves the signals without noise. */
  readonly noise: boolean;
  readonly readers: Readonly<Record<string, ReaderHabits>>;
}
