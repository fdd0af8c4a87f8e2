import { Mt19937 } from '../../random/mt19937.ts';
import { deriveSeed } from '../../random/seed.ts';
import type { Triple } from '../volume.ts';
import type { LiverSettings } from './settings.ts';
import { smoothWaves, wavesOfLength, type Waves } from '../waves.ts';

/** A superellipsoid |x/a|³ + |y/b|³ + |z/c|³ < 1 about its centre, mm. */
export interface Superellipsoid {
  readonly center: Triple;
  readonly radii: Triple;
}

/** A straight tube. */
export interface Tube {
  readonly through: Triple;
  /** Of length 1. */
  readonly direction: Triple;
  readonly radius: number;
}

/**
 * Everything about a person that does not depend on the stage, in the person's own axes (x to the right, y to the front, z to
 * the head), mm. Waves are functions in these axes too.
 */
export interface Anatomy {
  /** Semi-axes of the body, an elliptic cylinder along z, and its centre. */
  readonly body: { readonly center: readonly [number, number]; readonly radii: readonly [number, number] };
  /** Thickness of subcutaneous fat and of the abdominal wall. */
  readonly fat: number;
  readonly wall: number;
  /** Share of fat in what lies between the organs; the rest is like muscle. */
  readonly fatBetween: number;
  readonly liver: Superellipsoid;
  readonly spleen: Superellipsoid;
  readonly aorta: Tube;
  readonly vessels: readonly Tube[];
  /** Deformation of the liver as a fraction of its radius, of variance 1. */
  readonly outline: Waves;
  /** Perturbation of its surface and its texture, of variance 1. */
  readonly surface: Waves;
  readonly texture: Waves;
  /** Person to scanner: rotation, then translation, three rows of four. */
  readonly pose: readonly (readonly number[])[];
}

/** A schematic abdomen around the liver, which the settings' spreads vary. */
const BODY = { center: [-66, -4], radii: [150, 98], fat: 11, wall: 15 } as const;
const LIVER: Superellipsoid = { center: [0, 0, 0], radii: [60, 56, 50] };
const SPLEEN: Superellipsoid = { center: [-120, -30, 6], radii: [42, 38, 36] };
const AORTA = { center: [-60, -48], radius: 11 } as const;
/** Over what distance the liver's deformation varies, mm. */
const OUTLINE = 40;

const OUTLINE_WAVES = 8;
const SURFACE_WAVES = 24;
const TEXTURE_WAVES = 32;

/** Draws the anatomy of a case, which depends on the settings and the case's number alone. */
export function drawAnatomy(settings: LiverSettings, number: number): Anatomy {
  const { nuisance, seed } = settings;
  const random = new Mt19937(deriveSeed(seed, 'livers', 'anatomy', number));
  const normal = (sd: number) => sd * random.gaussian();
  const factor = (sd: number) => Math.exp(normal(sd));
  const moved = (center: Triple, sd: number): Triple => [
    center[0] + normal(sd),
    center[1] + normal(sd),
    center[2] + normal(sd),
  ];
  const organ = ({ center, radii }: Superellipsoid): Superellipsoid => {
    const size = factor(nuisance.size);
    const axis = () => size * factor(nuisance.size / 2);
    return {
      center: moved(center, nuisance.position / 2),
      radii: [radii[0] * axis(), radii[1] * axis(), radii[2] * axis()],
    };
  };
  const body = factor(nuisance.size);
  const liver = organ(LIVER);
  return {
    body: {
      center: BODY.center,
      radii: [BODY.radii[0] * body, BODY.radii[1] * body * factor(nuisance.size / 2)],
    },
    fat: BODY.fat * factor(nuisance.fat),
    wall: BODY.wall * factor(nuisance.size),
    fatBetween: 0.5 + 0.4 * random.uniform(),
    liver,
    spleen: organ(SPLEEN),
    aorta: {
      through: [AORTA.center[0] + normal(3), AORTA.center[1] + normal(3), 0],
      direction: [0, 0, 1],
      radius: AORTA.radius * factor(0.1),
    },
    vessels: Array.from({ length: nuisance.vessels }, () => vesselIn(liver, random)),
    outline: smoothWaves(random, OUTLINE_WAVES, OUTLINE),
    surface: wavesOfLength(random, SURFACE_WAVES, settings.nodularity.wavelength),
    texture: wavesOfLength(random, TEXTURE_WAVES, settings.texture.wavelength),
    pose: drawPose(nuisance, random),
  };
}

function vesselIn({ center, radii }: Superellipsoid, random: Mt19937): Tube {
  const inside = (axis: number) => center[axis] + radii[axis] * (random.uniform() - 0.5);
  const through: Triple = [inside(0), inside(1), inside(2)];
  const direction = [random.gaussian(), random.gaussian(), random.gaussian()];
  const length = Math.hypot(...direction);
  return {
    through,
    direction: [direction[0] / length, direction[1] / length, direction[2] / length],
    radius: 2.5 + 4 * random.uniform(),
  };
}

/** Rotations about x, y and z, each by a normal angle, and a normal translation. */
function drawPose(nuisance: LiverSettings['nuisance'], random: Mt19937): number[][] {
  const angle = () => (nuisance.rotation * Math.PI * random.gaussian()) / 180;
  const [a, b, c] = [angle(), angle(), angle()];
  const [ca, sa, cb, sb, cc, sc] = [a, b, c].flatMap((each) => [Math.cos(each), Math.sin(each)]);
  const shift = () => nuisance.position * random.gaussian();
  // Rz Ry Rx.
  return [
    [cc * cb, cc * sb * sa - sc * ca, cc * sb * ca + sc * sa, shift()],
    [sc * cb, sc * sb * sa + cc * ca, sc * sb * ca - cc * sa, shift()],
    [-sb, cb * sa, cb * ca, shift()],
  ];
}
