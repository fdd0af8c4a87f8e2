import { eachPiece } from '../data/each-piece.ts';
import { voxelSizes } from '../data/voxel-sizes.ts';
import type { Json } from '../contracts/experiment.ts';
import { InputError } from '../contracts/input-error.ts';
import { Status } from '../contracts/voxels.ts';
import { estimateColumns } from '../data/estimate-columns.ts';
import { measuredProtocol, type MeasuredProtocol } from '../data/measured-protocol.ts';
import { readNifti } from '../data/nifti-read.ts';
import { openNiftiRows, type NiftiRows } from '../data/nifti-rows.ts';
import { encodeNiftiGz } from '../data/nifti-gz.ts';
import { encodeNifti } from '../data/nifti-write.ts';
import { decayOfVoxel, type Maps, type VoxelFit } from './decay-of-voxel.ts';
import { inMemory } from './files/memory.ts';
import type { DroppedFiles } from './dropped-files.ts';
import { regionRows, type RegionFacts } from './regions-of-scan.ts';

/** Facts about a scan. Plain data. */
export interface ScanFacts {
  readonly shape: readonly [number, number, number];
  /** Voxel sizes in mm. */
  readonly sizes: readonly number[];
  /** b-value of every volume in s/mm², in the order of the file. */
  readonly bValues: Float64Array;
  /** The volume with the lowest b-value. */
  readonly lowest: number;
  readonly notes: readonly string[];
  /** Number of voxels inside the mask, if there is one. */
  readonly inside?: number;
}

/** A map of a fit as it is shown. Plain data. */
export interface MapFacts {
  readonly name: string;
  /** What it is and its unit. */
  readonly meaning: string;
  /** Values that get the first and the last colour. */
  readonly shown: readonly [number, number];
}

/** The measured signals of a voxel, and what fits made of them. */
export interface VoxelFacts {
  /** The index of each axis in the file, from 0. */
  readonly index: readonly [number, number, number];
  /** One per volume. */
  readonly b: Float64Array;
  readonly signal: Float64Array;
  /** Absent where there is no mask. */
  readonly inside?: boolean;
  readonly fits: ReadonlyMap<number, VoxelFit>;
}

/** Marks voxels without an estimate in a map that is shown; all quantities are above it. */
const NOTHING = -1e30;
const IMAGE = /\.nii\.gz$/;
/** Values that the range of colours is computed from. */
const SAMPLE = 50_000;
/** The share of values that are below the last colour. */
const MOST = 0.98;

interface KeptFit {
  readonly maps: Maps;
  readonly sigma?: number;
}

/** A scan and its fits, in the memory of a worker. */
export class OpenScan {
  readonly #rows: NiftiRows;
  readonly #protocol: MeasuredProtocol;
  readonly #fits = new Map<number, KeptFit>();
  readonly facts: ScanFacts;

  private constructor(rows: NiftiRows, bval: string) {
    this.#rows = rows;
    this.#protocol = measuredProtocol(rows.bValues, rows.normalised, bval, rows.zeroWithin);
    const { shape, affine } = rows.image.header;
    this.facts = {
      shape,
      sizes: voxelSizes(affine),
      bValues: rows.bValues,
      lowest: rows.bValues.indexOf(Math.min(...rows.bValues)),
      notes: [...rows.notes, ...this.#protocol.notes],
      ...(rows.inside ? { inside: rows.inside.reduce((sum, flag) => sum + flag, 0) } : {}),
    };
  }

  /** @throws InputError if a file is invalid or files are inconsistent */
  static async open({ signals, bval, mask }: DroppedFiles): Promise<OpenScan> {
    const [first] = signals;
    if (first === undefined)
      throw new InputError('there is no image among these files: drop a .nii or .nii.gz file');
    const rows = await openNiftiRows({
      files: signals,
      ...(bval ? { bval } : {}),
      ...(mask ? { mask } : {}),
    });
    return new OpenScan(rows, bval ?? first);
  }

  /** Returns a volume of the series as an uncompressed image. */
  async volume(index: number): Promise<Uint8Array> {
    const columns = this.#rows.bValues.length;
    const data = new Float32Array(this.#rows.n);
    await eachPiece(this.#rows, (first, count, raw) => {
      for (let i = 0; i < count; i++) data[first + i] = raw[i * columns + index];
    });
    return this.#encode('signal', data);
  }

  /** Keeps the maps of a fit, and describes them. */
  async keep(
    id: number,
    facts: Readonly<Record<string, Json>>,
    files: ReadonlyMap<string, Uint8Array>,
  ): Promise<readonly MapFacts[]> {
    const maps = new Map<string, ArrayLike<number>>();
    for (const [file, bytes] of files) {
      if (!IMAGE.test(file)) continue;
      inMemory.set(file, bytes);
      maps.set(file.replace(IMAGE, ''), (await readNifti(file)).data);
      inMemory.delete(file);
    }
    const { sigma } = facts;
    this.#fits.set(id, { maps, ...(typeof sigma === 'number' ? { sigma } : {}) });
    const meanings = new Map(
      estimateColumns({ intervals: true, pValues: true, residuals: true }).map(({ name, meaning }) => [
        name,
        meaning,
      ]),
    );
    return [...maps].map(([name, data]) => ({
      name,
      meaning: meanings.get(name) ?? '',
      shown: [0, name === 'f' ? Math.min(1, rangeOf(data)) : rangeOf(data)],
    }));
  }

  /** Forgets a fit. */
  drop(id: number): void {
    this.#fits.delete(id);
  }

  /** Returns a map of a fit as an uncompressed image, with a number below all others where there is no estimate. */
  map(id: number, name: string): Uint8Array {
    const data = this.#fits.get(id)!.maps.get(name)!;
    const isNothing = (value: number) =>
      name === 'status' ? value === Status.background : Number.isNaN(value);
    return this.#encode(
      name,
      Float32Array.from(data, (value) => (isNothing(value) ? NOTHING : value)),
    );
  }

  async voxel(voxel: number): Promise<VoxelFacts> {
    const { bValues, inside } = this.#rows;
    const [nx, ny] = this.facts.shape;
    // The noise belongs to the scan: fitters that don't need it borrow it from the others.
    const known = [...this.#fits.values()].find(({ sigma }) => sigma !== undefined)?.sigma;
    const signal = new Float64Array(bValues.length);
    await this.#rows.read(voxel, 1, signal);
    return {
      index: [voxel % nx, Math.floor(voxel / nx) % ny, Math.floor(voxel / (nx * ny))],
      b: bValues,
      signal,
      ...(inside ? { inside: inside[voxel] !== 0 } : {}),
      fits: new Map(
        [...this.#fits].map(([id, { maps, sigma = known }]) => [
          id,
          decayOfVoxel(maps, voxel, this.#protocol, sigma),
        ]),
      ),
    };
  }

  /**
   * Computes statistics of regions, for all fits.
   * @param labels a label image, or a number per voxel, as it is drawn
   * @throws InputError if the image does not have the voxels of the scan
   */
  async regions(labels: string | Uint8Array): Promise<RegionFacts> {
    const fits = [...this.#fits].map(([id, { maps }]) => [id, maps] as const);
    if (typeof labels !== 'string') {
      return { rows: regionRows(labels, fits, () => 'drawn region'), drawn: true };
    }
    const image = await readNifti(labels);
    const { shape } = image.header;
    if (shape.some((size, axis) => size !== this.facts.shape[axis])) {
      throw new InputError(
        `${labels} is ${shape.join(' x ')}, but the volumes of the scan are ${this.facts.shape.join(' x ')}`,
      );
    }
    const { slope, intercept } = image.header;
    const values = Float64Array.from(image.data, (stored) => slope * stored + intercept);
    return { rows: regionRows(values, fits, (label) => `region ${label}`), drawn: false };
  }

  /** Returns drawn regions, a number per voxel, as a compressed label image. */
  encodeRegion(labels: Uint8Array): Promise<Uint8Array> {
    const { header } = this.#rows.image;
    return encodeNiftiGz(header, {
      data: labels,
      shape: header.shape,
      name: 'region',
      description: 'drawn region',
    });
  }

  #encode(name: string, data: Float32Array): Uint8Array {
    const { header } = this.#rows.image;
    return encodeNifti(header, { data, shape: header.shape, name, description: name });
  }
}

/** The value that most are below. */
function rangeOf(data: ArrayLike<number>): number {
  const values: number[] = [];
  const step = Math.max(1, Math.floor(data.length / SAMPLE));
  for (let i = 0; i < data.length; i += step) if (Number.isFinite(data[i])) values.push(data[i]);
  values.sort((a, b) => a - b);
  return values[Math.floor(MOST * (values.length - 1))] || 1;
}
