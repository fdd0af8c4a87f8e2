import { drawAnatomy } from '../../data/volunteers/anatomy.ts';
import { eachVoxel } from '../../data/volunteers/each-voxel.ts';
import { drawWaves, waveHeight } from '../../data/volunteers/random-waves.ts';
import { noiseLevel } from '../../data/volunteers/relaxation.ts';
import type { Vector, VolunteersSettings } from '../../data/volunteers/settings.ts';
import { simulateScan, type Scan } from '../../data/volunteers/simulate-scan.ts';
import { Mt19937 } from '../../random/mt19937.ts';
import { deriveSeed } from '../../random/seed.ts';
import { foregroundMedian } from '../normalise.ts';
import { displaced, ghosted } from './artefacts.ts';
import { personOrgans } from './person-organs.ts';
import { lesionShares, type LesionSettings } from './lesions.ts';
import type { DifficultySettings } from './settings.ts';

/** Virtual volunteers of one session, and what makes their regions hard to tell apart. */
export interface AbdomenSettings {
  /** With one session; its noise is added here. */
  readonly volunteers: VolunteersSettings;
  readonly difficulty: DifficultySettings;
  /** Absent: none. */
  readonly lesions?: LesionSettings;
}

/** One person's scan with label maps; 0 is background, regions are numbered from 1 as in the organs file. x fastest. */
export interface Abdomen {
  readonly shape: Vector;
  /** mm */
  readonly voxel: Vector;
  /** One volume per b-value, one after the other, divided by the median of the foreground at b=0. */
  readonly series: Float32Array;
  /** Lesions, where there may be some, have the number after the last region. */
  readonly truth: Uint8Array;
  readonly drawings: ReadonlyMap<string, Uint8Array>;
}

/** Distance over which the receive field varies, mm, and diffusion within vessels, mm²/s. */
const FIELD_DISTANCE = 90;
const BLOOD = 0.04;
/** Signal of blood at b=0 relative to the tissue around it, and radius of a vessel, mm. */
const BLOOD_SIGNAL = 1.6;
const VESSEL_RADIUS = 3.5;
/** Vessels cross a ball in the right liver, mm. */
const LIVER = { center: [55, 20, 0], radius: 40 } as const;

/**
 * Simulates one person: the anatomy, drawings and signals of the virtual volunteers with other tissue and more of it; then texture and vessels, the
 * receive field, motion between volumes, ghosts, and Rician noise. Label maps are of the person at rest.
 * @param person number from 1
 */
export function simulateAbdomen(
  { volunteers, difficulty, lesions }: AbdomenSettings,
  person: number,
): Abdomen {
  const { seed, sessions, image, bValues } = volunteers;
  const [[name, session]] = Object.entries(sessions);
  const own: VolunteersSettings = {
    ...volunteers,
    noise: false,
    organs: personOrgans(volunteers.organs, difficulty, { field: session.field, seed, person }),
  };
  const scan = simulateScan(own, drawAnatomy(own, person), person, name);
  const random = (what: string) => new Mt19937(deriveSeed(seed, 'abdomens', what, person));
  const { shape } = image;
  const each = shape[0] * shape[1] * shape[2];
  const gains = gainsOf(scan, difficulty, random);
  const blood = vesselShares(scan, difficulty.vessels, random('vessels'));
  const names = Object.keys(volunteers.organs.regions);
  const inLiver = (label: number) => label > 0 && /liver/.test(names[label - 1] ?? '');
  const lesion = lesions ? lesionShares(scan, inLiver, lesions, random('lesions')) : undefined;
  const { motion } = difficulty;
  const [moving, noise] = [random('motion'), random('noise')];
  const sigma = difficulty.noise * noiseLevel(volunteers.organs, session);
  const series = new Float32Array(each * bValues.length);
  bValues.forEach((b, k) => {
    const still = scan.series.subarray(k * each, (k + 1) * each).map((value, i) => {
      const inVessel = BLOOD_SIGNAL * scan.series[i] * Math.exp(-b * BLOOD);
      const healthy = (1 - blood[i]) * value + blood[i] * inVessel;
      if (!lesion || lesion[i] === 0) return gains[i] * healthy;
      const inLesion = lesions!.brightness * scan.series[i] * Math.exp(-b * lesions!.D);
      return gains[i] * ((1 - lesion[i]) * healthy + lesion[i] * inLesion);
    });
    const [dy, dz] = [motion.across * moving.gaussian(), motion.along * moving.gaussian()];
    const measured = ghosted(
      displaced(still, shape, dy / image.voxel[1], dz / image.voxel[2]),
      shape,
      difficulty.ghosting,
    );
    for (let i = 0; i < each; i++) {
      series[k * each + i] = Math.hypot(measured[i] + sigma * noise.gaussian(), sigma * noise.gaussian());
    }
  });
  const level = foregroundMedian(series.slice(0, each));
  const regions = names.length;
  const withoutOthers = (labels: Uint8Array) => labels.map((label) => (label > regions ? 0 : label));
  return {
    shape,
    voxel: image.voxel,
    series: series.map((value) => value / level),
    truth: withoutOthers(scan.organs).map((label, i) => (lesion && lesion[i] >= 0.5 ? regions + 1 : label)),
    drawings: new Map([...scan.drawings].map(([reader, labels]) => [reader, withoutOthers(labels)])),
  };
}

/** The receive field and the texture of every voxel, as one factor. */
function gainsOf(
  { space }: Pick<Scan, 'space'>,
  { texture, bias }: DifficultySettings,
  random: (what: string) => Mt19937,
): Float32Array {
  const grain = drawWaves(random('texture'), texture.distance);
  const field = drawWaves(random('field'), FIELD_DISTANCE);
  const gains = new Float32Array(space.shape[0] * space.shape[1] * space.shape[2]);
  eachVoxel(space, (i, x, y, z) => {
    const exponent = texture.sd * waveHeight(grain, x, y, z) + bias * waveHeight(field, x, y, z);
    gains[i] = Math.exp(exponent);
  });
  return gains;
}

/** Share of blood in every voxel, of straight vessels of Gaussian profile that cross the liver in any direction. */
function vesselShares({ space }: Pick<Scan, 'space'>, count: number, random: Mt19937): Float32Array {
  const vessels = Array.from({ length: count }, () => {
    const through = LIVER.center.map((place) => place + (LIVER.radius / 2) * random.gaussian());
    const direction = [0, 1, 2].map(() => random.gaussian());
    const length = Math.hypot(...direction);
    return { through, along: direction.map((part) => part / length) };
  });
  const shares = new Float32Array(space.shape[0] * space.shape[1] * space.shape[2]);
  eachVoxel(space, (i, x, y, z) => {
    const fromLiver = Math.hypot(x - LIVER.center[0], y - LIVER.center[1], z - LIVER.center[2]);
    if (fromLiver > LIVER.radius) return;
    for (const { through, along } of vessels) {
      const [dx, dy, dz] = [x - through[0], y - through[1], z - through[2]];
      const within = dx * along[0] + dy * along[1] + dz * along[2];
      const squared = dx * dx + dy * dy + dz * dz - within * within;
      shares[i] = Math.max(shares[i], Math.exp(-squared / (2 * VESSEL_RADIUS ** 2)));
    }
  });
  return shares;
}
