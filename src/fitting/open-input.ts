import { existsSync } from 'node:fs';
import type { Json } from '../contracts/experiment.ts';
import { InputError } from '../contracts/input-error.ts';
import type { Regions } from '../contracts/regions.ts';
import { readCsvRows } from '../data/csv-rows.ts';
import { csvSink } from '../data/csv-sink.ts';
import { estimateColumns } from '../data/estimate-columns.ts';
import type { EstimateSink } from '../data/estimate-sink.ts';
import type { NiftiHeader } from '../data/nifti-header.ts';
import { bidsLayout, plainLayout } from '../data/map-layout.ts';
import { readNoiseMap } from '../data/noise-map.ts';
import { openNiftiRows } from '../data/nifti-rows.ts';
import { mapFiles, niftiSink, staleMaps, type FilesBeside } from '../data/nifti-sink.ts';
import { readNifti } from '../data/nifti-read.ts';
import type { ProposedRegions, ProposeRegions } from '../data/proposed-regions.ts';
import { readRegions } from '../data/read-regions.ts';
import { openNpyRows } from '../data/npy-rows.ts';
import { npySink } from '../data/npy-sink.ts';
import type { RowSource } from '../data/row-source.ts';
import { absence } from '../files/reason.ts';
import { refuseLosing } from '../files/refuse-losing.ts';
import type { NoiseByVoxel } from './noise-of.ts';
import { refuseEnding, type InputKind } from './refuse-ending.ts';

export interface InputOptions {
  /** One table, or one or more images; an item may hold several, separated by commas. */
  readonly signals: readonly string[];
  readonly bval?: string;
  /** An image, or `auto`. */
  readonly mask?: string;
  /** Use the mask's voxels in file order and ignore the position in its header. */
  readonly ignoreSpace?: boolean;
  /** An image of the noise level, `local` to estimate one, or a number. */
  readonly sigma?: number | string;
  /** An image of regions, and the table of their names. */
  readonly regions?: string;
  readonly labels?: string;
  /** Marks regions in the scan, in place of an image of them. */
  readonly propose?: ProposeRegions;
  readonly out: string;
  /** Whether standard deviations and 95 % intervals are written in addition to the estimates. */
  readonly intervals?: boolean;
  /** Whether p-values of the residuals are written too, except into an array, whose columns are fixed. */
  readonly pValues?: boolean;
  /** Name the maps of a scan as in a BIDS derivative. */
  readonly bids?: boolean;
  /** Value of voxels without an estimate in the maps of a scan. */
  readonly background?: 'nan' | 'zero';
  /** Files that are written beside the maps of a scan. */
  readonly beside?: FilesBeside;
}

/** Rows to fit, and the destination of their estimates. */
export interface Input {
  readonly kind: InputKind;
  readonly source: RowSource;
  /** Header of the scan; absent for tables. */
  readonly header?: NiftiHeader;
  readonly regions?: Regions;
  /** The same, where they were marked rather than read. */
  readonly proposed?: ProposedRegions;
  /** A noise level of every voxel, where one was asked for. */
  readonly noise?: NoiseByVoxel;
  /** Opens the output, before any work; `describe` is called for facts about the fit when it is done. */
  openSink(describe: () => Readonly<Record<string, Json>>): Promise<EstimateSink>;
}

/**
 * Opens the files to be fitted, according to the ending of their names.
 * @throws InputError if options are incompatible, a file is invalid, or the output would replace an input
 */
export async function openInput(options: InputOptions): Promise<Input> {
  const signals = options.signals.flatMap((word) => (existsSync(word) ? [word] : word.split(',')));
  const kind = kindOf(signals);
  const { bval, mask, ignoreSpace, regions, labels, out } = options;
  const noise = typeof options.sigma === 'string' ? options.sigma : undefined;
  if (labels !== undefined && regions === undefined)
    throw new InputError(`--labels ${labels}: names the regions of --regions FILE, which is not given`);
  const inputs = [
    ...signals,
    ...(bval ? [bval] : []),
    ...(mask && mask !== 'auto' ? [mask] : []),
    ...(noise !== undefined && noise !== 'local' ? [noise] : []),
    ...(regions ? [regions] : []),
    ...(labels ? [labels] : []),
  ];
  refuseMissing(inputs);
  refuseEnding(kind, out);
  const columns = estimateColumns({
    intervals: options.intervals ?? false,
    pValues: kind !== 'npy' && options.pValues === true,
    residuals: kind === 'nifti',
    noise: noise !== undefined,
  });
  if (kind === 'nifti') {
    const { beside } = options;
    const layout = options.bids ? bidsLayout(signals[0]) : plainLayout;
    const written = { layout, background: options.background === 'zero' ? 0 : NaN };
    refuseLosing(
      inputs,
      mapFiles(out, columns, beside?.names, layout),
      (file, input) => `write ${file} over the input ${input}`,
    );
    refuseLosing(
      inputs,
      staleMaps(out, columns, beside?.names, layout),
      (file) => `remove the input ${file}, a map of an earlier fit`,
    );
    const source = await openNiftiRows({
      files: signals,
      ...(bval ? { bval } : {}),
      ...(mask ? { mask } : {}),
      ...(ignoreSpace ? { ignoreSpace } : {}),
    });
    const map =
      noise === undefined || noise === 'local'
        ? undefined
        : readNoiseMap(await readNifti(noise), source.image, ignoreSpace);
    const proposed = await options.propose?.(source);
    const found =
      regions === undefined
        ? proposed
        : await readRegions(await readNifti(regions), source.image, {
            ...(labels === undefined ? {} : { table: labels }),
            ...(ignoreSpace ? { ignoreSpace } : {}),
          });
    return {
      kind,
      source: { ...source, notes: [...source.notes, ...(map?.notes ?? []), ...(found?.notes ?? [])] },
      ...(map ? { noise: { file: noise!, sigma: map.sigma } } : {}),
      ...(noise === 'local' ? { noise: { header: source.image.header } } : {}),
      ...(found ? { regions: found } : {}),
      ...(proposed ? { proposed } : {}),
      header: source.image.header,
      openSink: async (describe) => niftiSink(out, source.image.header, describe, columns, beside, written),
    };
  }
  const [file] = signals;
  if (options.propose) throw new InputError(`--segment: regions are marked in NIfTI scans, not in ${file}`);
  if (signals.length > 1) throw new InputError(`one ${kind} file at a time: ${signals.join(', ')}`);
  if (mask !== undefined) throw new InputError(`--mask ${mask}: masks belong to NIfTI scans, not to ${file}`);
  if (options.bids) throw new InputError(`--bids: names the maps of NIfTI scans, and ${file} is a table`);
  if (options.background !== undefined)
    throw new InputError(
      `--background ${options.background}: is for the maps of NIfTI scans, and ${file} is a table`,
    );
  if (noise !== undefined)
    throw new InputError(
      `--sigma ${noise}: a noise level of every voxel belongs to NIfTI scans; allowed for ${file}: a number`,
    );
  if (regions !== undefined)
    throw new InputError(`--regions ${regions}: regions belong to NIfTI scans, not to ${file}`);
  refuseLosing(inputs, [out], (file, input) => `write ${file} over the input ${input}`);
  if (kind === 'csv') {
    if (bval !== undefined) {
      throw new InputError(`--bval ${bval}: the columns of ${file} say their b-values by their names`);
    }
    const source = await readCsvRows(file, columns);
    return { kind, source, openSink: () => csvSink(out, source, columns) };
  }
  const source = await openNpyRows(file, bval);
  return { kind, source, openSink: () => npySink(out, source.n, columns) };
}

const ENDINGS = [
  ['nifti', /\.nii(\.gz)?$/i],
  ['csv', /\.(csv|tsv)$/i],
  ['npy', /\.npy$/i],
] as const;

function kindOf(signals: readonly string[]): InputKind {
  const kinds = signals.map((file) => {
    const found = ENDINGS.find(([, ending]) => ending.test(file));
    if (!found) throw new InputError(`${file}: signals are read from .nii, .nii.gz, .csv and .npy files`);
    return found[0];
  });
  const other = kinds.findIndex((kind) => kind !== kinds[0]);
  if (other > 0) throw new InputError(`${signals[0]} and ${signals[other]} can't be fitted together`);
  if (kinds.length === 0) throw new InputError('no signals given: name a .nii, .nii.gz, .csv or .npy file');
  return kinds[0];
}

/** Missing files are reported first, since other faults may follow from them. */
function refuseMissing(inputs: readonly string[]): void {
  const missing = inputs.find((file) => !existsSync(file));
  if (missing !== undefined) throw new InputError(`cannot read ${missing}: ${absence(missing)}`);
}
