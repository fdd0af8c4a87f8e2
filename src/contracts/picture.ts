import type { Row } from './metric.ts';

/** A slice of an image or a map, drawn by figures in addition to rows. */
export interface Picture {
  readonly experiment: string;
  /** Method whose map it is; '' for pictures that no fitter made. */
  readonly method: string;
  /** As of rows: `subject`, `session`, `reader`, … */
  readonly factors: Row['factors'];
  /**
   * What `values` holds: a quantity such as D, in its stored unit; `b0`, the signal at b=0 in the unit of the scan; or
   * `regions`, as indices into `legend`, from 0.
   */
  readonly quantity: string;
  /** Names of regions. */
  readonly legend?: readonly string[];
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Width and height of a pixel in mm. */
  readonly pixel: readonly [number, number];
  /** height x width, row by row from the top left; NaN where there is no value. */
  readonly values: Float32Array;
}
