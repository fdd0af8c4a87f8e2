import type { Picture } from '../../src/contracts/picture.ts';
import { PARAMETERS, type Parameters } from '../../src/contracts/voxels.ts';
import type { SessionVoxels } from '../../src/data/cohort/read-session.ts';
import { sliceView } from '../../src/data/slice-view.ts';
import { sessionLabel } from './planned-sessions.ts';
import { tissueRows } from './slice-rows.ts';

type Drawable = Pick<SessionVoxels, 'session' | 'voxels' | 'b0' | 'drawn'>;

/** Creates pictures of one slice of a session. */
export class SlicePictures {
  readonly #voxels: Drawable;
  readonly #slice: number;

  /** @param voxels of the session, those of the slice at least */
  constructor(voxels: Drawable, slice: number) {
    this.#voxels = voxels;
    this.#slice = slice;
  }

  /** The signal at b=0. */
  b0(): Picture {
    const { b0 } = this.#voxels;
    return this.#picture('', 'b0', (voxel) => b0[voxel]);
  }

  /** The regions drawn by each reader. */
  regions(legend: readonly string[]): Picture[] {
    const { drawn } = this.#voxels;
    return [...new Set(drawn.map(({ reader }) => reader))].map((reader) => {
      const regionOf = new Map<number, number>();
      for (const region of drawn.filter((each) => each.reader === reader)) {
        for (const voxel of region.voxels) regionOf.set(voxel, legend.indexOf(region.region));
      }
      const picture = this.#picture('', 'regions', (voxel) => regionOf.get(voxel) ?? NaN, { reader });
      return { ...picture, legend };
    });
  }

  /**
   * Maps of the three parameters, without air.
   * @param factors what distinguishes them from other maps of this fitter
   */
  maps(fitter: string, parameters: Parameters, factors: Picture['factors'] = {}): Picture[] {
    const { voxels } = this.#voxels;
    const rowOf = new Map(
      Array.from(tissueRows(this.#voxels, this.#slice), (row) => [voxels[row], row] as const),
    );
    return PARAMETERS.map((parameter) =>
      this.#picture(
        fitter,
        parameter,
        (voxel) => {
          const row = rowOf.get(voxel);
          return row === undefined ? NaN : parameters[parameter][row];
        },
        factors,
      ),
    );
  }

  #picture(
    fitter: string,
    shows: Picture['quantity'],
    at: (voxel: number) => number,
    factors: Picture['factors'] = {},
  ): Picture {
    const { subject, session, shape, affine } = this.#voxels.session;
    const { width, height, pixel, voxels } = sliceView(shape, affine, this.#slice);
    return {
      experiment: 'volunteers',
      method: fitter,
      factors: { subject, session: sessionLabel(session), slice: this.#slice, ...factors },
      quantity: shows,
      width,
      height,
      pixel,
      values: Float32Array.from(voxels, at),
    };
  }
}
