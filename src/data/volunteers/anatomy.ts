import { PARAMETERS, type ParameterName } from '../../contracts/voxels.ts';
import { Mt19937 } from '../../random/mt19937.ts';
import { deriveSeed } from '../../random/seed.ts';
import { Contour } from './contour.ts';
import { drawWaves, waveHeight, type RandomWaves } from './random-waves.ts';
import type { PerParameter, Region, Surroundings, Tissue, Vector, VolunteersSettings } from './settings.ts';

/** A region of one person: its position and tissue. */
export interface Organ {
  readonly name: string;
  /** Its index in the settings, from 1: its number in label maps. */
  readonly index: number;
  /** One, or two of a paired organ. */
  readonly contours: readonly Contour[];
  readonly relaxation: Pick<Tissue, 'T1' | 'T2'>;
  /** Mean over the region, before spatial variation. */
  readonly mean: PerParameter;
  readonly texture: Readonly<Record<ParameterName, RandomWaves>>;
  /** Standard deviation of the logarithm within the region. */
  readonly spread: PerParameter;
}

export interface Anatomy {
  /**
   * Regions cut out of others first, then in the order of the settings: a point belongs to the first organ that contains it.
   */
  readonly organs: readonly Organ[];
  readonly surroundings: Surroundings;
}

/** Upper limit of f: some tissue remains in every voxel. */
export const LARGEST_F = 0.99;

/** Standard deviation of the logarithm of a lognormal distribution with coefficient of variation cv. */
const logSd = (cv: number): number => Math.sqrt(Math.log(1 + cv * cv));

/**
 * Draws one person: a subject's organs depend only on the seed and the subject's number. Means differ between subjects
 * lognormally around those of the settings, so that no parameter becomes negative.
 */
export function drawAnatomy(settings: VolunteersSettings, subject: number): Anatomy {
  const { organs, anatomy, texture, seed } = settings;
  const names = Object.keys(organs.regions);
  const random = (what: string, region: string) =>
    new Mt19937(deriveSeed(seed, 'volunteers', what, subject, region));
  const moved = new Map<string, { shift: Vector; size: number }>();
  for (const name of names) {
    const chance = random('place', name);
    const shift = [0, 1, 2].map(() => anatomy.position * chance.gaussian());
    const size = Math.max(0.5, 1 + anatomy.size * chance.gaussian());
    moved.set(name, { shift: [shift[0], shift[1], shift[2]], size });
  }
  const drawn = names.map((name, i): Organ => {
    const region = organs.regions[name];
    // A part follows its parent organ, and varies in size relative to it.
    const parent = region.inside === undefined ? undefined : organs.regions[region.inside];
    const { shift } = moved.get(region.inside ?? name)!;
    const own = moved.get(name)!.size;
    const size = parent ? moved.get(region.inside!)!.size * own : own;
    const chance = random('tissue', name);
    const between = organs.spread.betweenSubjects;
    const mean = perParameter((p) => {
      const sd = logSd(between[p]);
      return region[p] * Math.exp(sd * chance.gaussian() - (sd * sd) / 2);
    });
    const grain = random('texture', name);
    return {
      name,
      index: i + 1,
      contours: shapesOf(region).map((shape, body) => {
        const waves = drawWaves(random(body === 0 ? 'outline' : 'second outline', name), 1);
        return new Contour(shape).changed(shift, size, { waves, amplitude: anatomy.outline });
      }),
      relaxation: region,
      mean,
      texture: perParameter(() => drawWaves(grain, texture)),
      spread: perParameter((p) => logSd(organs.spread.withinRegion[p])),
    };
  });
  const depth = (name: string): number => {
    const { inside } = organs.regions[name];
    return inside === undefined ? 0 : 1 + depth(inside);
  };
  return {
    organs: drawn.sort((a, b) => depth(b.name) - depth(a.name) || a.index - b.index),
    surroundings: organs.surroundings,
  };
}

/** Both kidneys are moved and resized alike, but have outlines of their own. */
const shapesOf = ({ shape, second }: Region) => (second ? [shape, { ...shape, ...second }] : [shape]);

/** Whether a point is inside an organ. */
export function holds({ contours }: Pick<Organ, 'contours'>, x: number, y: number, z: number): boolean {
  for (let i = 0; i < contours.length; i++) if (contours[i].holds(x, y, z)) return true;
  return false;
}

/** Writes the organ's parameters at a point, D, f and Dp, into `out`. f stays below 1, and Dp does not fall below D. */
export function tissueAt(organ: Organ, x: number, y: number, z: number, out: Float64Array): void {
  for (let p = 0; p < PARAMETERS.length; p++) {
    const name = PARAMETERS[p];
    const sd = organ.spread[name];
    out[p] = organ.mean[name] * Math.exp(sd * waveHeight(organ.texture[name], x, y, z) - (sd * sd) / 2);
  }
  out[1] = Math.min(out[1], LARGEST_F);
  out[2] = Math.max(out[2], out[0]);
}

function perParameter<T>(of: (parameter: ParameterName) => T): Record<ParameterName, T> {
  return { D: of('D'), f: of('f'), Dp: of('Dp') };
}
