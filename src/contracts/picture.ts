import type { Row } from './metric.ts';

/** What figures draw beside rows: a slice of an image or a map as it is looked at, or the few numbers of an example. */
export interface Picture {
  readonly experiment: string;
  /** Method whose map it is; '' for pictures that no fitter made. */
  readonly method: string;
  /** As of rows: `subject`, `session`, `reader`, … */
  readonly factors: Row['factors'];
  /**
   * What `values` hold: a quantity such as D, in its stored unit; `b0`, the signal at b=0 in the scan's unit; or `regions`, by
   * their place in `legend`, from 0. Of a classified case: the modality, or `occlusion`. Of an example voxel: `decay`, a row of b-values and one of signals divided by that at b=0;
   * `estimate`, for D, f and Dp a row of the estimate and the ends of its 95 % interval.
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
