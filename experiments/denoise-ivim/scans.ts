import { z } from 'zod';
import type { Task } from '../../src/contracts/cell.ts';
import { PARAMETERS, type ParameterName } from '../../src/contracts/voxels.ts';
import { drawAnatomy } from '../../src/data/volunteers/anatomy.ts';
import { subjectLabel } from '../../src/data/volunteers/dataset-files.ts';
import { withLesion, type Lesion } from '../../src/data/volunteers/lesion.ts';
import { noiseLevel } from '../../src/data/volunteers/relaxation.ts';
import type { PerParameter, VolunteersSettings } from '../../src/data/volunteers/settings.ts';
import { simulateScan, type Scan } from '../../src/data/volunteers/simulate-scan.ts';
import { bytesOf, stored, storedBytes, storedFloats, storedJson } from '../../src/files/stored-file.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import { addNoiseToSeries } from '../../src/signal/rician.ts';

/** One scan of one person. All arrays have x running fastest; series are volume after volume. */
export interface DenoisedScan {
  readonly subject: string;
  readonly lesion: boolean;
  /** Without noise. */
  readonly clean: Float32Array;
  /** With noise, as acquired; empty of subjects that are trained on. */
  readonly noisy: Float32Array;
  /** D, f and Dp, one after the other, NaN in air. */
  readonly truth: Float32Array;
  /** Index of the organ that fills at least half of a voxel; otherwise 0. */
  readonly organs: Uint8Array;
  /** A label map per reader, one after the other; empty where nobody drew. */
  readonly drawings: Uint8Array;
}

/** Scans on grids of one shape. */
export interface Scans {
  readonly shape: readonly [number, number, number];
  readonly bValues: readonly number[];
  /** Noise per quadrature channel in the unit of the signals. */
  readonly sigma: number;
  readonly session: string;
  readonly regions: readonly string[];
  readonly readers: readonly string[];
  readonly scans: readonly DenoisedScan[];
}

export interface ScansInput {
  readonly settings: VolunteersSettings;
  /** Number of the first subject. */
  readonly from: number;
  readonly subjects: number;
  /** `each`: every subject without and with the lesion of the study; `varied`: each with one of its own; `none`. */
  readonly lesions: 'each' | 'varied' | 'none';
  readonly lesion: { readonly region: string; readonly radius: number } & PerParameter;
  /** Whether noise is added and readers draw. */
  readonly acquired: boolean;
}

/** Simulates scans of virtual volunteers. With and without a lesion a scan has the same noise. */
export const simulateScans: Task<ScansInput> = {
  module: import.meta.url,
  name: 'simulateScans',
  run({ settings, from, subjects, lesions, lesion, acquired }, context) {
    const [session] = Object.keys(settings.sessions);
    const sigma = noiseLevel(settings.organs, settings.sessions[session]);
    const scans: DenoisedScan[] = [];
    let shape: Scans['shape'] = settings.image.shape;
    for (let i = 0; i < subjects; i++) {
      const number = from + i;
      const kinds = {
        each: [undefined, studyLesion(settings, number, lesion)],
        varied: [variedLesion(settings, number)],
        none: [undefined],
      }[lesions];
      for (const drawn of kinds) {
        const scan = cleanScan(settings, number, session, drawn);
        shape = [scan.space.shape[0], scan.space.shape[1], scan.space.shape[2]];
        const noisy = acquired ? scan.series.slice() : new Float32Array(0);
        if (acquired)
          addNoiseToSeries(
            noisy,
            sigma,
            new QuickRandom(deriveSeed(settings.seed, 'denoise', 'noise', number)),
          );
        scans.push({
          ...{ subject: subjectLabel(number, 99), lesion: drawn !== undefined, clean: scan.series, noisy },
          truth: Float32Array.from(PARAMETERS.flatMap((name: ParameterName) => [...scan.truth[name]])),
          organs: scan.organs,
          drawings: Uint8Array.from(
            acquired && drawn === undefined
              ? [...scan.drawings.values()].flatMap((labels) => [...labels])
              : [],
          ),
        });
      }
      context.onProgress((i + 1) / subjects, `subject ${number}`);
    }
    const regions = Object.keys(settings.organs.regions);
    const readers = Object.keys(settings.readers);
    const { bValues } = settings;
    const all: Scans = { shape, bValues, sigma, session, regions, readers, scans };
    return Promise.resolve({ rows: [], files: encodeScans(all), facts: { seed: settings.seed } });
  },
};

function cleanScan(
  settings: VolunteersSettings,
  number: number,
  session: string,
  lesion: Lesion | undefined,
): Scan {
  const organs = lesion ? withLesion(settings.organs, lesion) : settings.organs;
  const quiet = { ...settings, organs, noise: false };
  return simulateScan(quiet, drawAnatomy(quiet, number), number, session);
}

const NEAR = 0.45;

/** The lesion of the study, at a place of this subject. */
function studyLesion(
  { seed }: VolunteersSettings,
  number: number,
  { region, radius, ...factors }: ScansInput['lesion'],
): Lesion {
  const random = new Mt19937(deriveSeed(seed, 'denoise', 'lesion', number));
  const [x, y, z] = [0, 1, 2].map(() => NEAR * (2 * random.uniform() - 1));
  return { region, radius, factors, place: [x, y, z / 2] };
}

/** Radii of lesions of training subjects, mm, and by how much they change D, f and Dp at most. */
const RADII = [6, 18] as const;
const CHANGES: PerParameter = { D: 1.6, f: 3, Dp: 4 };

/** A lesion of any kind, in any organ that is not a part of another. */
function variedLesion({ seed, organs }: VolunteersSettings, number: number): Lesion {
  const random = new Mt19937(deriveSeed(seed, 'denoise', 'varied lesion', number));
  const whole = Object.keys(organs.regions).filter((name) => organs.regions[name].inside === undefined);
  const region = whole[Math.floor(whole.length * random.uniform())];
  const [x, y, z] = [0, 1, 2].map(() => NEAR * (2 * random.uniform() - 1));
  const radius = RADII[0] + (RADII[1] - RADII[0]) * random.uniform();
  const change = (most: number) => most ** (2 * random.uniform() - 1);
  const factors = { D: change(CHANGES.D), f: change(CHANGES.f), Dp: change(CHANGES.Dp) };
  return { region, radius, factors, place: [x, y, z] };
}

/** The number of a lesion in label maps. */
export const lesionLabel = ({ regions }: Pick<Scans, 'regions'>): number => regions.length + 1;

type StoredRecord = Omit<Scans, 'scans'> & {
  readonly scans: readonly Pick<DenoisedScan, 'subject' | 'lesion'>[];
};

const RECORD = storedJson<StoredRecord>(
  'scans.json',
  z.object({
    shape: z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]),
    bValues: z.array(z.number()),
    sigma: z.number(),
    session: z.string(),
    regions: z.array(z.string()),
    readers: z.array(z.string()),
    scans: z.array(z.object({ subject: z.string(), lesion: z.boolean() })),
  }),
);
const FLOATS = ['clean', 'noisy', 'truth'] as const;
const LABELS = ['organs', 'drawings'] as const;

function encodeScans({ scans, ...record }: Scans): Map<string, Uint8Array> {
  const entries = scans.map(({ subject, lesion }) => ({ subject, lesion }));
  const files = new Map([RECORD.encode({ ...record, scans: entries })]);
  scans.forEach((scan, i) => {
    for (const name of FLOATS) files.set(`${i}-${name}.bin`, bytesOf(scan[name]));
    for (const name of LABELS) files.set(`${i}-${name}.bin`, scan[name]);
  });
  return files;
}

/** The scans that a cell left. @throws InputError where its files hold something else */
export function decodeScans(files: ReadonlyMap<string, Uint8Array>): Scans {
  const record = RECORD.decode(files.get(RECORD.name));
  const voxels = record.shape.reduce((product, size) => product * size, 1);
  const volumes = {
    ...{ clean: record.bValues.length, noisy: record.bValues.length, truth: PARAMETERS.length },
    ...{ organs: 1, drawings: record.readers.length },
  };
  return {
    ...record,
    scans: record.scans.map((entry, i) => {
      const of = (name: keyof typeof volumes) => {
        const file = `${i}-${name}.bin`;
        const content = stored(file, files.get(file));
        // Subjects that are trained on have neither noise nor drawings; their files are empty.
        return { file, content, count: content.length === 0 ? 0 : volumes[name] * voxels };
      };
      const floats = (name: (typeof FLOATS)[number]) => {
        const { file, content, count } = of(name);
        return storedFloats(file, content, count);
      };
      const labels = (name: (typeof LABELS)[number]) => {
        const { file, content, count } = of(name);
        return storedBytes(file, content, count);
      };
      return {
        ...entry,
        ...{ clean: floats('clean'), noisy: floats('noisy'), truth: floats('truth') },
        ...{ organs: labels('organs'), drawings: labels('drawings') },
      };
    }),
  };
}
