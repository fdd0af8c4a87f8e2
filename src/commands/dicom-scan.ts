import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import { formatBval, readBval } from '../data/bval.ts';
import { chooseSeries } from '../dicom/choose-series.ts';
import { convertDicom, type DicomSeries } from '../dicom/convert-dicom.ts';
import { isDicomFile, readDicom } from '../dicom/read-dicom.ts';
import { gzipped } from '../files/gzip.ts';
import { fileNameOf } from '../files/plain-name.ts';
import { refuseLosing } from '../files/refuse-losing.ts';
import { undoAtExit } from '../files/undo-at-exit.ts';
import { leaveToSystem } from '../terminal/interruption.ts';
import { printMessage } from '../terminal/print.ts';
import { counted } from '../wording/counted.ts';
import type { FitOptions, ScanFiles } from './fit-one.ts';

/** A scan that DICOM was converted to, in files that exist until `remove` is called. */
export interface DicomScan extends ScanFiles {
  /** The scan by the names it gets beside its maps. */
  readonly kept: ReadonlyMap<string, Uint8Array>;
  remove(): void;
}

/** The name of the converted scan beside its maps, where a mask can be drawn on it. */
const KEPT = 'from-dicom';
const ENDINGS = ['nii.gz', 'bval', 'bvec', 'json'];

/**
 * Converts the series that is to be fitted, if DICOM is given in place of images.
 * @returns undefined if none are
 * @throws InputError if they can't be converted, or it is not clear which of their series to fit
 */
export async function dicomScan(options: FitOptions): Promise<DicomScan | undefined> {
  const { signals, out, series: word, bval, quiet } = options;
  const dicom: string[] = [];
  const others: string[] = [];
  for (const path of signals) ((await mayBeDicom(path)) ? dicom : others).push(path);
  if (others.length > 0) {
    if (dicom.length > 0)
      throw new InputError(`${dicom[0]} is DICOM, ${others[0]} is not: they can't be fitted together`);
    if (word !== undefined)
      throw new InputError(`--series ${word}: chooses a series of DICOM, and ${others[0]} is not DICOM`);
    return undefined;
  }
  const where = signals.join(', ');
  if (options.bids) {
    throw new InputError(
      `--bids: names the maps after a scan that is named as in BIDS, and ${where} is DICOM; convert it to such a name first`,
    );
  }
  const outputs = ENDINGS.map((ending) => join(out, `${KEPT}.${ending}`));
  const inputs = [options.mask, bval, options.regions, options.labels].filter((each) => each !== undefined);
  refuseLosing(inputs, outputs, (output, input) => `write ${output} over the input ${input}`);
  const files = await readDicom(signals);
  if (!quiet) printMessage(`${where}: ${counted(files.length, 'DICOM file')} to convert with dcm2niix`);
  const heard = leaveToSystem();
  const all = await convertDicom(files, where).finally(heard);
  const chosen = chooseSeries(all, {
    where,
    ...(word === undefined ? {} : { word }),
    hasBValues: bval !== undefined,
  });
  const bValues = bval === undefined ? chosen.bValues! : await readBval(bval);
  return written(chosen, formatBval(bValues), signals, notesOn(chosen, all));
}

/** Folders are read as DICOM, and so are files whose contents are: their names say nothing. */
async function mayBeDicom(path: string): Promise<boolean> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return true;
  return found?.isFile() === true && !TABLE_OR_IMAGE.test(path) && (await isDicomFile(path));
}

const TABLE_OR_IMAGE = /\.(nii|nii\.gz|csv|tsv|npy)$/i;

function notesOn(chosen: DicomSeries, all: readonly DicomSeries[]): string[] {
  const others = all.length - 1;
  const beside = others === 0 ? '' : `, one of ${all.length} series`;
  return [
    `fitted is the DICOM series ${chosen.name}${beside}, converted by dcm2niix`,
    ...chosen.warnings.map((warning) => `dcm2niix: ${warning}`),
  ];
}

async function written(
  { name, files }: DicomSeries,
  bval: string,
  signals: readonly string[],
  notes: readonly string[],
): Promise<DicomScan> {
  const folder = mkdtempSync(join(tmpdir(), 'ivim-bench-dicom-'));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  const release = undoAtExit(remove);
  const bytes = new Map([...files, ['bval', new TextEncoder().encode(bval)] as const]);
  const path = (ending: string) => join(folder, `${fileNameOf(name)}.${ending}`);
  try {
    for (const ending of ['nii', 'bval']) writeFileSync(path(ending), bytes.get(ending)!);
    const kept = new Map<string, Uint8Array>();
    for (const [ending, contents] of bytes) {
      if (ending === 'nii') kept.set(`${KEPT}.nii.gz`, await gzipped(contents));
      else kept.set(`${KEPT}.${ending}`, contents);
    }
    return {
      ...{ signals: [path('nii')], bval: path('bval'), notes, kept },
      title: `${signals.map((each) => basename(each)).join(', ')}, series ${name}`,
      remove() {
        release();
        remove();
      },
    };
  } catch (error) {
    release();
    remove();
    throw error;
  }
}
