import { InputError } from '../contracts/input-error.ts';
import { parseBval } from '../data/bval.ts';
import { parseNiftiHeader } from '../data/nifti-header.ts';
import { counted } from '../wording/counted.ts';
import { oneLine, printedText } from '../wording/visible-text.ts';
import { startDcm2niix, type Dcm2niix } from './dcm2niix.ts';

/** A file in memory, and the name that messages call it by. */
export interface DicomFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A series as dcm2niix converted it. Plain data. */
export interface DicomSeries {
  /** Its number and its description: `5 IVIM liver`. */
  readonly name: string;
  readonly volumes: number;
  /** b-value of every volume in s/mm²; absent if dcm2niix found none. */
  readonly bValues?: readonly number[];
  /** What was written, by the ending of its name: `nii`, and `bval`, `bvec` and `json` where there are such files. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What dcm2niix said of it. */
  readonly warnings: readonly string[];
}

/** All files and what becomes of them must fit into the memory of a WebAssembly program, 2 GiB, at one time. */
export const LARGEST_DICOM = 1.5 * 2 ** 30;

const INPUT = '/in';
const OUTPUT = '/out';
/** Lines that say how it goes, not what is wrong. */
const PROGRESS =
  /^(Chris Rorden's dcm2nii|Found \d+ DICOM|Conversion required|::autoBids|Image Decompression is new)/;

/**
 * Converts DICOM files with dcm2niix, in memory. They may be of several series.
 * @param where the files are, for messages
 * @throws InputError if dcm2niix fails or makes no image of them
 */
export async function convertDicom(
  files: readonly DicomFile[],
  where: string,
): Promise<readonly DicomSeries[]> {
  const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (size > LARGEST_DICOM) {
    throw new InputError(
      `${where} holds ${(size / 2 ** 30).toFixed(1)} GiB of DICOM; allowed: up to ${LARGEST_DICOM / 2 ** 30} GiB: give the folder of the diffusion series alone`,
    );
  }
  const lines: string[] = [];
  const program = await startDcm2niix((line) => lines.push(line));
  program.FS.mkdir(INPUT);
  program.FS.mkdir(OUTPUT);
  // Under names of our own: those of the files may be long, or alike in different folders.
  const given = new Map(files.map(({ name }, i) => [`${INPUT}/${String(i).padStart(6, '0')}.dcm`, name]));
  [...given.keys()].forEach((path, i) => program.FS.writeFile(path, files[i].bytes));
  const code = runOn(program, where);
  const said = saidOf(lines, given);
  const series = seriesOf(program, said);
  if (series.length === 0) {
    const why = said.rest.length > 0 ? `: ${said.rest.slice(-2).join('; ')}` : '';
    throw new InputError(
      `${where}: dcm2niix makes no image of its ${counted(files.length, 'DICOM file')} (exit code ${code})${why}`,
    );
  }
  return series;
}

function runOn(program: Dcm2niix, where: string): number {
  try {
    // Named by the number of the series; not compressed; with a sidecar that leaves out who the patient is.
    return program.callMain(['-f', '%s', '-b', 'y', '-ba', 'y', '-z', 'n', '-o', OUTPUT, INPUT]);
  } catch (error) {
    // The memory of the program is not to be trusted any more.
    throw new InputError(
      `${where}: dcm2niix failed (${error instanceof Error ? error.message : String(error)}); give the folder of the diffusion series alone, or convert it to NIfTI by other means`,
      { cause: error },
    );
  }
}

interface Said {
  /** By the name of the series in the output. */
  readonly of: ReadonlyMap<string, readonly string[]>;
  /** Of no series that was written. */
  readonly rest: readonly string[];
}

/** Divides what was printed among the series: dcm2niix prints a line `Convert …` for each, after what it has to say of it. */
function saidOf(lines: readonly string[], given: ReadonlyMap<string, string>): Said {
  const of = new Map<string, readonly string[]>();
  let since: string[] = [];
  for (const line of lines) {
    // The line before it may lack its end.
    const [, warning, series] = /^(.*?)Convert \d+ DICOM as \/out\/(.*) \([\dx]+\)\s*$/.exec(line) ?? [];
    const text = printedText(
      (warning ?? line).replace(/\/in\/\d{6}\.dcm/g, (path) => given.get(path) ?? path),
    );
    if (text.trim() !== '' && !PROGRESS.test(text)) since.push(text.trim());
    if (series === undefined) continue;
    of.set(series, together(since));
    since = [];
  }
  return { of, rest: together(since) };
}

/** Keeps one of several lines that differ only in their numbers. */
function together(lines: readonly string[]): string[] {
  const alike = new Map<string, string[]>();
  for (const line of lines) {
    const shape = line.replace(/\d+/g, '0');
    alike.set(shape, [...(alike.get(shape) ?? []), line]);
  }
  return [...alike.values()].map(([first, ...others]) =>
    others.length === 0 ? first : `${first} (and ${others.length} more like it)`,
  );
}

function seriesOf({ FS }: Dcm2niix, said: Said): DicomSeries[] {
  const names = FS.readdir(OUTPUT);
  const images = names.filter((name) => name.endsWith('.nii'));
  return images.sort(inOrder).map((image) => {
    const base = image.slice(0, -'.nii'.length);
    const files = new Map<string, Uint8Array>();
    for (const ending of ['nii', 'bval', 'bvec', 'json']) {
      const name = `${base}.${ending}`;
      if (!names.includes(name)) continue;
      files.set(ending, FS.readFile(`${OUTPUT}/${name}`));
      FS.unlink(`${OUTPUT}/${name}`);
    }
    const bval = files.get('bval');
    const name = `${base} ${descriptionOf(files.get('json'))}`.trim();
    return {
      name,
      volumes: parseNiftiHeader(files.get('nii')!, `series ${name}`).volumes,
      ...(bval ? { bValues: Array.from(parseBval(textOf(bval), `.bval of series ${name}`)) } : {}),
      files,
      warnings: said.of.get(base) ?? [],
    };
  });
}

const inOrder = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** What the scanner called the series. */
function descriptionOf(sidecar: Uint8Array | undefined): string {
  if (!sidecar) return '';
  try {
    // Control characters in texts of the scanner, which JSON forbids, come through.
    const text = Array.from(textOf(sidecar), (sign) => (sign < ' ' ? ' ' : sign)).join('');
    const facts = JSON.parse(text) as Record<string, unknown>;
    const words = facts['SeriesDescription'] ?? facts['ProtocolName'];
    return typeof words === 'string' ? oneLine(words) : '';
  } catch {
    // Other texts may break the sidecar; the number has to do.
    return '';
  }
}
