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
import { decayOfVoxel, type VoxelFit } from './decay-of-voxel.ts';
import { inMemory } from './files/memory.ts';
import type { DroppedFiles } from './dropped-files.ts';
import { readRegions } from '../data/read-regions.ts';
import { displayedRange } from '../data/displayed-range.ts';
import type { Regions } from '../contracts/regions.ts';
import type { FittedScan } from '../fit-results/fitted-scan.ts';
import { fittedScanOf } from '../fitting/fitted-scan-of.ts';
import { regionStatistics, regionTable, type RegionStatistics } from '../fit-results/regions.ts';
import { toCsv } from '../tables/writing/csv.ts';
import type { FitComparison } from './fit-comparison.ts';

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

interface KeptFit {
  /** Name of the fitter. */
  readonly fitter: string;
  readonly maps: ReadonlyMap<string, Float32Array>;
  readonly status: Uint8Array;
  /** As passed to the fitter. */
  readonly bValues: Float64Array;
  readonly sigma?: number;
}

/** Statistics of regions, for every fit by its number. Plain data. */
export interface RegionFacts {
  readonly fits: ReadonlyMap<
    number,
    {
      readonly rows: readonly RegionStatistics[];
      /** The same as a file. */
      readonly csv: string;
    }
  >;
  /** Whether they were drawn, not loaded. */
  readonly drawn: boolean;
  /** What is to be known of how they were read. */
  readonly notes: readonly string[];
}

/** A drawn region has this number. */
const DRAWN = 1;

/** A scan and its fits, in the memory of a worker. */
export class OpenScan {
  readonly #rows: NiftiRows;
  readonly #protocol: MeasuredProtocol;
  readonly #fits: Map<number, KeptFit>;
  readonly facts: ScanFacts;

  private constructor(rows: NiftiRows, bval: string, fits: ReadonlyMap<number, KeptFit>) {
    this.#rows = rows;
    this.#fits = new Map(fits);
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

  /**
   * @param earlier the same scan with other files beside it, whose fits are taken over
   * @throws InputError if a file is invalid or files are inconsistent
   */
  static async open({ signals, bval, mask }: DroppedFiles, earlier?: OpenScan): Promise<OpenScan> {
    const [first] = signals;
    if (first === undefined)
      throw new InputError('there is no image among these files: drop a .nii or .nii.gz file');
    const rows = await openNiftiRows({
      files: signals,
      ...(bval ? { bval } : {}),
      ...(mask ? { mask } : {}),
    });
    return new OpenScan(rows, bval ?? first, earlier ? earlier.#fits : new Map());
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
    const maps = new Map<string, Float32Array>();
    let status = new Uint8Array(this.#rows.n);
    for (const [file, bytes] of files) {
      if (!IMAGE.test(file)) continue;
      inMemory.set(file, bytes);
      const { data } = await readNifti(file);
      inMemory.delete(file);
      if (file === 'status.nii.gz') status = Uint8Array.from(data);
      else maps.set(file.replace(IMAGE, ''), Float32Array.from(data));
    }
    const { sigma, bValues } = facts;
    this.#fits.set(id, {
      ...{ fitter: facts['fitter'] as string, maps, status },
      bValues: Float64Array.from(bValues as number[]),
      ...(typeof sigma === 'number' ? { sigma } : {}),
    });
    const meanings = new Map(
      estimateColumns({ intervals: true, pValues: true, residuals: true }).map(({ name, meaning }) => [
        name,
        meaning,
      ]),
    );
    const shown = (map: Float32Array, name: string): readonly [number, number] => {
      const [low, high] = displayedRange(map) ?? [0, 1];
      return [low, name === 'f' ? Math.min(1, high) : high];
    };
    return [
      ...[...maps].map(([name, map]) => ({
        name,
        meaning: meanings.get(name) ?? '',
        shown: shown(map, name),
      })),
      { name: 'status', meaning: '', shown: [0, 1] },
    ];
  }

  /** Forgets a fit. */
  drop(id: number): void {
    this.#fits.delete(id);
  }

  /** Returns a map of a fit as an uncompressed image, with a number below all others where there is no estimate. */
  map(id: number, name: string): Uint8Array {
    const { maps, status } = this.#fits.get(id)!;
    const isStatus = name === 'status';
    const isNothing = (value: number) => (isStatus ? value === Status.background : Number.isNaN(value));
    return this.#encode(
      name,
      Float32Array.from(isStatus ? status : maps.get(name)!, (value) => (isNothing(value) ? NOTHING : value)),
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
        [...this.#fits].map(([id, { maps, status, sigma = known }]) => [
          id,
          decayOfVoxel({ maps, status }, voxel, this.#protocol, sigma),
        ]),
      ),
    };
  }

  /**
   * Computes statistics of regions, for all fits.
   * @param labels a label image, or a number per voxel, as it is drawn
   * @param table names of the numbers of an image
   * @throws InputError if the image is not one of regions of this scan
   */
  async regions(labels: string | Uint8Array, table?: string): Promise<RegionFacts> {
    const drawn = typeof labels !== 'string';
    const found: Regions & { readonly notes: readonly string[] } = drawn
      ? { labels: Int32Array.from(labels), names: new Map([[DRAWN, 'drawn region']]), notes: [] }
      : await readRegions(await readNifti(labels), this.#rows.image, table === undefined ? {} : { table });
    const fits = [...this.#fits].map(([id, fit]) => {
      const rows = regionStatistics(found, fit);
      return [id, { rows, csv: toCsv(regionTable(rows)) }] as const;
    });
    return { fits: new Map(fits), drawn, notes: found.notes };
  }

  /** Compares two fits: their differences, a figure of them, and the page that `ivim-bench fit --fitter a,b` writes. */
  async compare(first: number, second: number, title: string): Promise<FitComparison> {
    // Drawing takes a megabyte of code, which only this needs.
    const { comparison } = await import('./fit-comparison.ts');
    return comparison([await this.#fitted(first), await this.#fitted(second)], title);
  }

  #fitted(id: number): Promise<FittedScan> {
    const { fitter, maps, status, bValues, sigma } = this.#fits.get(id)!;
    return fittedScanOf({
      ...{ fitter, source: this.#rows, header: this.#rows.image.header },
      protocol: { ...this.#protocol, bValues },
      maps: { columns: [...maps.keys()].map((name) => ({ name })), maps: [...maps.values()], status },
      ...(sigma === undefined ? {} : { sigma }),
    });
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
