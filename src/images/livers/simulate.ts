import { Mt19937 } from '../../random/mt19937.ts';
import { QuickRandom } from '../../random/quick-random.ts';
import { deriveSeed } from '../../random/seed.ts';
import type { Modality } from '../modality.ts';
import { gridOf, voxelCount, type Grid, type Volume } from '../volume.ts';
import { drawAnatomy, type Anatomy, type Superellipsoid, type Tube } from './anatomy.ts';
import { latentModel } from './latent-model.ts';
import { drawLatents, type DrawnCase, type LatentModel, type Latents } from './latents.ts';
import { t1Weighted, t2Weighted } from './sequences.ts';
import type { LiverSettings } from './settings.ts';
import { evaluateWaves, smoothWaves } from '../waves.ts';

/** A virtual case. Everything is decided by the settings and its number. */
export interface VirtualLiver extends DrawnCase {
  readonly number: number;
  /** T1w and T2w in the scanner's arbitrary unit, adc in mm²/s, on one grid. */
  readonly volumes: Readonly<Record<Modality, Volume>>;
}

/** Where what is, without noise; per voxel. */
export interface LiverTruth {
  /** Share of the voxel that is parenchyma, and that is muscle. */
  readonly parenchyma: Float32Array;
  readonly muscle: Float32Array;
  /** Depth below the surface of the liver as it were without nodularity, mm; negative outside. */
  readonly depth: Float32Array;
}

/** Over what distance the receive field varies, mm, and of how many waves it is made. */
const BIAS = { distance: 120, waves: 6 };

/** A tissue as the scanner sees it: its signals in both weighted images, and its ADC. */
interface Seen {
  readonly T1w: number;
  readonly T2w: number;
  readonly adc: number;
}

/**
 * Simulates cases one at a time. The volumes depend on the stage through the latent variables alone: anatomy, receive field,
 * gain and noise are drawn from seeds of their own. Work arrays are made once.
 */
export class LiverSimulator {
  readonly settings: LiverSettings;
  readonly model: LatentModel;
  readonly grid: Grid;
  /** The parts of the last case, kept for `truth`. */
  readonly #truth: LiverTruth;
  readonly #outline: Float32Array;
  readonly #surface: Float32Array;
  readonly #texture: Float32Array;
  readonly #bias: Float32Array;
  readonly #noise: Float64Array;

  /** @throws InputError where every effect of the settings is 0 */
  constructor(settings: LiverSettings) {
    this.settings = settings;
    this.model = latentModel(settings);
    this.grid = scannerGrid(settings);
    const voxels = voxelCount(this.grid);
    const perVoxel = () => new Float32Array(voxels);
    this.#truth = { parenchyma: perVoxel(), muscle: perVoxel(), depth: perVoxel() };
    this.#outline = perVoxel();
    this.#surface = perVoxel();
    this.#texture = perVoxel();
    this.#bias = perVoxel();
    this.#noise = new Float64Array(2 * voxels);
  }

  /** Simulates the case of this number, a whole number from 0 on. */
  simulate(number: number): VirtualLiver {
    const drawn = drawLatents(this.model, this.settings.seed, number);
    const clean = this.#withoutNoise(drawn.latents, drawAnatomy(this.settings, number));
    const { nuisance, sequences, tissues } = this.settings;
    const random = new Mt19937(this.#seed('scanner', number));
    const gains = [nuisance.gain, nuisance.gain, nuisance.diffusionGain].map((sd) =>
      Math.exp(sd * random.gaussian()),
    );
    const noise = new QuickRandom(this.#seed('noise', number));
    this.#weighted(
      clean.T1w,
      gains[0],
      nuisance.noise.T1w * t1Weighted(tissues.liver, sequences),
      random,
      noise,
    );
    this.#weighted(
      clean.T2w,
      gains[1],
      nuisance.noise.T2w * t2Weighted(tissues.liver, sequences),
      random,
      noise,
    );
    this.#diffusion(clean.adc, gains[2], noise);
    const volume = (values: Float32Array): Volume => ({ ...this.grid, values });
    return {
      ...drawn,
      number,
      volumes: { T1w: volume(clean.T1w), T2w: volume(clean.T2w), adc: volume(clean.adc) },
    };
  }

  /** Where what is in the case simulated last. Valid until the next one. */
  truth(): LiverTruth {
    return this.#truth;
  }

  #seed(what: string, number: number): number {
    return deriveSeed(this.settings.seed, 'livers', what, number);
  }

  #withoutNoise(latents: Latents, anatomy: Anatomy): Record<Modality, Float32Array> {
    const { nuisance, nodularity, sequences, texture, tissues } = this.settings;
    const { shape, voxel } = this.grid;
    const frame = indexToPerson(this.grid, anatomy.pose);
    const [outline, surface, grain] = [this.#outline, this.#surface, this.#texture];
    evaluateWaves(anatomy.outline, this.grid, frame, outline);
    evaluateWaves(anatomy.surface, this.grid, frame, surface);
    evaluateWaves(anatomy.texture, this.grid, frame, grain);

    const see = (tissue: LiverSettings['tissues']['liver']): Seen => ({
      T1w: t1Weighted(tissue, sequences),
      T2w: t2Weighted(tissue, sequences),
      adc: tissue.ADC,
    });
    const [muscle, spleen, fat, blood] = [tissues.muscle, tissues.spleen, tissues.fat, tissues.blood].map(
      see,
    );
    const mixed = (a: number, b: number) => anatomy.fatBetween * a + (1 - anatomy.fatBetween) * b;
    const between: Seen = {
      T1w: mixed(fat.T1w, muscle.T1w),
      T2w: mixed(fat.T2w, muscle.T2w),
      adc: mixed(fat.adc, muscle.adc),
    };
    const T1 = tissues.liver.T1 * Math.exp(latents.T1);
    const T2 = tissues.liver.T2 * Math.exp(latents.T2);
    const ADC = tissues.liver.ADC * Math.exp(latents.ADC);
    const grainHeight = texture.amplitude * Math.exp(latents.texture);
    const bumpHeight = nodularity.amplitude * Math.exp(latents.nodularity);
    const { density } = tissues.liver;

    const { parenchyma, muscle: ofMuscle, depth } = this.#truth;
    const voxels = voxelCount(this.grid);
    const image = {
      T1w: new Float32Array(voxels),
      T2w: new Float32Array(voxels),
      adc: new Float32Array(voxels),
    };
    const { body, liver } = anatomy;
    const edge = (voxel[0] + voxel[1] + voxel[2]) / 3;
    const [fx, fy, fz] = frame;
    let index = 0;
    for (let k = 0; k < shape[2]; k++) {
      for (let j = 0; j < shape[1]; j++) {
        for (let i = 0; i < shape[0]; i++, index++) {
          const x = fx[0] * i + fx[1] * j + fx[2] * k + fx[3];
          const y = fy[0] * i + fy[1] * j + fy[2] * k + fy[3];
          const z = fz[0] * i + fz[1] * j + fz[2] * k + fz[3];
          parenchyma[index] = ofMuscle[index] = 0;
          depth[index] = -Infinity;

          const [fromX, fromY] = [x - body.center[0], y - body.center[1]];
          const below = depthInEllipse(fromX, fromY, body.radii[0], body.radii[1]);
          const inBody = share(below, edge);
          if (inBody === 0) continue;
          const inWall = share(below - anatomy.fat, edge);
          const inside = share(below - anatomy.fat - anatomy.wall, edge);
          let T1w = mix(mix(inBody * fat.T1w, muscle.T1w, inWall), between.T1w, inside);
          let T2w = mix(mix(inBody * fat.T2w, muscle.T2w, inWall), between.T2w, inside);
          let adc = mix(mix(inBody * fat.adc, muscle.adc, inWall), between.adc, inside);
          ofMuscle[index] = inWall * (1 - inside);

          if (inside > 0) {
            const inSpleen = inside * share(depthIn(anatomy.spleen, x, y, z, 0), edge);
            if (inSpleen > 0) {
              T1w = mix(T1w, spleen.T1w, inSpleen);
              T2w = mix(T2w, spleen.T2w, inSpleen);
              adc = mix(adc, spleen.adc, inSpleen);
            }
            const inAorta = inside * share(depthInTube(anatomy.aorta, x, y, z), edge);
            if (inAorta > 0) {
              T1w = mix(T1w, blood.T1w, inAorta);
              T2w = mix(T2w, blood.T2w, inAorta);
              adc = mix(adc, blood.adc, inAorta);
            }
            const smooth = depthIn(liver, x, y, z, nuisance.outline * outline[index]);
            depth[index] = smooth;
            const inLiver = inside * share(smooth + bumpHeight * surface[index], edge);
            if (inLiver > 0) {
              let vessel = 0;
              for (const tube of anatomy.vessels)
                vessel = Math.max(vessel, share(depthInTube(tube, x, y, z), edge));
              const factor = Math.exp(grainHeight * grain[index]);
              const here = { T1: T1 * factor, T2: T2 * factor, density };
              T1w = mix(T1w, mix(t1Weighted(here, sequences), blood.T1w, vessel), inLiver);
              T2w = mix(T2w, mix(t2Weighted(here, sequences), blood.T2w, vessel), inLiver);
              adc = mix(adc, mix(ADC / factor, blood.adc, vessel), inLiver);
              parenchyma[index] = inLiver * (1 - vessel);
            }
          }
          image.T1w[index] = T1w;
          image.T2w[index] = T2w;
          image.adc[index] = adc;
        }
      }
    }
    return image;
  }

  /** Receive field, then Rician noise (Gudbjartsson and Patz 1995), then gain. */
  #weighted(image: Float32Array, gain: number, sigma: number, random: Mt19937, noise: QuickRandom): void {
    const { bias } = this.settings.nuisance;
    evaluateWaves(smoothWaves(random, BIAS.waves, BIAS.distance), this.grid, this.grid.affine, this.#bias);
    noise.fillGaussian(this.#noise);
    for (let i = 0; i < image.length; i++) {
      const real = image[i] * Math.exp(bias * this.#bias[i]) + sigma * this.#noise[2 * i];
      const imaginary = sigma * this.#noise[2 * i + 1];
      image[i] = gain * Math.sqrt(real * real + imaginary * imaginary);
    }
  }

  /** Gaussian noise, as of a map estimated at a good signal-to-noise ratio. */
  #diffusion(map: Float32Array, gain: number, noise: QuickRandom): void {
    const sigma = this.settings.nuisance.noise.adc;
    noise.fillGaussian(this.#noise);
    for (let i = 0; i < map.length; i++) map[i] = gain * map[i] + sigma * this.#noise[i];
  }
}

/** Voxels to the left, to the front and to the head about the middle of the scanner. */
function scannerGrid({ image: { shape, voxel } }: LiverSettings): Grid {
  const middle = (axis: number) => (voxel[axis] * (shape[axis] - 1)) / 2;
  return gridOf(shape, [
    [-voxel[0], 0, 0, middle(0)],
    [0, voxel[1], 0, -middle(1)],
    [0, 0, voxel[2], -middle(2)],
  ]);
}

/** Voxel indices to the person's own axes: p = R' (s - t), s being the place in the scanner. */
function indexToPerson({ affine }: Grid, pose: readonly (readonly number[])[]): number[][] {
  return [0, 1, 2].map((row) =>
    [0, 1, 2, 3].map((column) =>
      [0, 1, 2].reduce(
        (sum, k) => sum + pose[k][row] * (affine[k][column] - (column === 3 ? pose[k][3] : 0)),
        0,
      ),
    ),
  );
}

/** Share of a voxel that is inside a surface, from its middle's depth below it: an edge as wide as a voxel. */
function share(depth: number, edge: number): number {
  const inside = 0.5 + depth / edge;
  return inside < 0 ? 0 : inside > 1 ? 1 : inside;
}

const mix = (outside: number, inside: number, part: number): number => outside + part * (inside - outside);

/** Depths are along the ray from the centre. */
function depthInEllipse(x: number, y: number, a: number, b: number): number {
  const distance = Math.sqrt(x * x + y * y);
  const relative = Math.sqrt((x / a) ** 2 + (y / b) ** 2);
  return relative > 0 ? distance * (1 / relative - 1) : Math.min(a, b);
}

function depthIn(
  { center, radii }: Superellipsoid,
  x: number,
  y: number,
  z: number,
  swollen: number,
): number {
  const [dx, dy, dz] = [x - center[0], y - center[1], z - center[2]];
  const [u, v, w] = [Math.abs(dx / radii[0]), Math.abs(dy / radii[1]), Math.abs(dz / radii[2])];
  const relative = Math.cbrt(u * u * u + v * v * v + w * w * w);
  if (relative === 0) return Math.min(radii[0], radii[1], radii[2]);
  return Math.sqrt(dx * dx + dy * dy + dz * dz) * ((1 + swollen) / relative - 1);
}

function depthInTube({ through, direction, radius }: Tube, x: number, y: number, z: number): number {
  const [dx, dy, dz] = [x - through[0], y - through[1], z - through[2]];
  const along = dx * direction[0] + dy * direction[1] + dz * direction[2];
  return radius - Math.sqrt(Math.max(0, dx * dx + dy * dy + dz * dz - along * along));
}
