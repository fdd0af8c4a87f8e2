import { PARAMETERS } from '../../contracts/voxels.ts';
import type { Organs, PerParameter, Vector } from './settings.ts';

/** A round lesion in an organ. */
export interface Lesion {
  /** The organ that it is cut out of. */
  readonly region: string;
  /** Place of its middle relative to the organ's, as a fraction of the organ's radii. */
  readonly place: Vector;
  /** mm */
  readonly radius: number;
  /** D, f and Dp as a fraction of those of the organ. */
  readonly factors: PerParameter;
}

/** What a lesion is called among the regions. */
const LESION = 'lesion';

/** Organs with a lesion as the last of them: it moves with its organ, has its relaxation times, and differs between people as regions do. */
export function withLesion(organs: Organs, { region, place, radius, factors }: Lesion): Organs {
  const parent = organs.regions[region];
  const { center, radii } = parent.shape;
  const at = (axis: 0 | 1 | 2) => center[axis] + place[axis] * radii[axis];
  const changed = Object.fromEntries(PARAMETERS.map((name) => [name, parent[name] * factors[name]]));
  return {
    ...organs,
    regions: {
      ...organs.regions,
      [LESION]: {
        ...parent,
        ...changed,
        inside: region,
        shape: { center: [at(0), at(1), at(2)], radii: [radius, radius, radius], exponent: 2, turn: 0 },
      },
    },
  };
}
