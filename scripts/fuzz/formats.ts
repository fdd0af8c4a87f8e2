import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { main } from '../../src/cli.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { readProtocol } from '../../src/config/read-protocol.ts';
import { parseRatings } from '../../src/agreement/ratings-csv.ts';
import { readBval } from '../../src/data/bval.ts';
import { readLabelNames } from '../../src/data/cohort/label-names.ts';
import { readSidecar } from '../../src/data/cohort/sidecar.ts';
import { readCsvRows } from '../../src/data/csv-rows.ts';
import { encodeNpy } from '../../src/data/npy-write.ts';
import { openNpyRows } from '../../src/data/npy-rows.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import { readText } from '../../src/data/read-text.ts';
import { decodeRunRecord } from '../../src/runner/run-record.ts';
import { readTissue } from '../../src/fitting/tissue.ts';

const root = join(import.meta.dirname, '..', '..');
const file = (path: string): Buffer => readFileSync(join(root, path));
const text = (words: string): Buffer => Buffer.from(words);

/** Folder beside a damaged file into which commands write. */
export const OUTPUT = 'out';

/** b-values for the images and arrays below. */
export const COMPANIONS = { 'four.bval': '0 50 200 800\n', 'six.bval': '0 10 50 100 400 800\n' };

/** A kind of file that people are sent. */
export interface Format {
  /** Sound files, which are then damaged. */
  examples(): readonly Uint8Array[] | Promise<readonly Uint8Array[]>;
  /** What the file is called. */
  readonly fileName: string;
  /** The library's door: returns a value, or throws an InputError. */
  read(path: string): Promise<unknown>;
  /** The words of the command line that read it, where a command takes it by name. */
  words?(path: string): readonly string[];
}

const scan = join(root, 'examples/scan/dwi.nii.gz');

/** A small image: header and extension flag, 4 x 3 x 2 voxels of 6 volumes. */
function smallNifti(): Uint8Array {
  const bytes = new Uint8Array(352 + 2 * 4 * 3 * 2 * 6);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 348, true);
  [4, 4, 3, 2, 6, 1, 1, 1].forEach((size, i) => view.setInt16(40 + 2 * i, size, true));
  view.setInt16(70, 4, true);
  view.setInt16(72, 16, true);
  [1, 2, 2, 3, 1].forEach((size, i) => view.setFloat32(76 + 4 * i, size, true));
  view.setFloat32(108, 352, true);
  view.setFloat32(112, 1, true);
  view.setInt16(254, 1, true);
  [280, 300, 320].forEach((at) => view.setFloat32(at, 2, true));
  bytes.set([0x6e, 0x2b, 0x31, 0], 344);
  for (let i = 0; i < 144; i++) view.setInt16(352 + 2 * i, 1000 - 4 * i, true);
  return bytes;
}

const table = new Float64Array([1000, 900, 700, 500, 1100, 950, 800, 400]);

/** The record of a run of a moment. */
async function recordOfRun(): Promise<Uint8Array[]> {
  const out = mkdtempSync(join(tmpdir(), 'ivim-bench-fuzz-run-'));
  try {
    const few = ['--only', 'segmented', '--set', 'data.voxels=20', '--workers', '1', '--quiet'];
    await main(['run', join(root, 'configs/smoke.yaml'), '--out', out, ...few]);
    return [readFileSync(join(out, 'run.json'))];
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** A fit whose output lies in a folder beside the damaged file. */
const fit = (path: string, signals: string, bval: string, out: string): readonly string[] => [
  ...['fit', signals, '--bval', bval, '--fitter', 'segmented'],
  ...['--out', join(path, '..', OUTPUT, out), '--quiet'],
];
const beside = (path: string, name: string): string => join(path, '..', name);

/** Formats by name. */
export const formats: Readonly<Record<string, Format>> = {
  config: {
    examples: () => ['smoke', 'volunteers', 'snr-boost-smoke'].map((name) => file(`configs/${name}.yaml`)),
    fileName: 'study.yaml',
    read: (path) => loadConfig(path, { allowCode: false }),
    words: (path) => ['validate', path],
  },
  protocol: {
    examples: () => [file('configs/protocols/barbieri-2020.yaml')],
    fileName: 'barbieri-2020.yaml',
    read: readProtocol,
    words: (path) => ['validate', join(root, 'configs/smoke.yaml'), '--set', `protocol=${path}`],
  },
  bval: {
    examples: () => [file('examples/scan/dwi.bval'), text('0 10 20 50 100 400 800\n'), text('0\n50\n800\n')],
    fileName: 'scan.bval',
    read: readBval,
    words: (path) => fit(path, scan, path, 'maps'),
  },
  csv: {
    examples: () => [
      text('voxel,b0,b10,b50,b200,b800\n1,1000,980,900,800,400\n2,500,490,450,400,n/a\n'),
      text('b0;b0.1;b20;b200;b800\n1;1;0.95;0.8;0.5\n'),
    ],
    fileName: 'signals.csv',
    read: async (path) => (await readCsvRows(path)).close(),
    words: (path) => [
      'fit',
      path,
      '--fitter',
      'segmented',
      '--out',
      beside(path, `${OUTPUT}/e.csv`),
      '--quiet',
    ],
  },
  npy: {
    examples: () => [encodeNpy(table, [2, 4])],
    fileName: 'signals.npy',
    async read(path) {
      const source = await openNpyRows(path, beside(path, 'four.bval'));
      try {
        await source.read(
          0,
          Math.min(source.n, 64),
          new Float64Array(Math.min(source.n, 64) * source.bValues.length),
        );
      } finally {
        await source.close();
      }
    },
    words: (path) => fit(path, path, beside(path, 'four.bval'), 'e.npy'),
  },
  nifti: {
    examples: () => [smallNifti()],
    fileName: 'scan.nii',
    read: readNifti,
    words: (path) => fit(path, path, beside(path, 'six.bval'), 'maps'),
  },
  'nifti-gz': {
    examples: () => [gzipSync(smallNifti())],
    fileName: 'scan.nii.gz',
    read: readNifti,
    words: (path) => fit(path, path, beside(path, 'six.bval'), 'maps'),
  },
  labels: {
    examples: () => [text('index\tname\n1\tliver\n2\tspleen\n3\tpancreas\n')],
    fileName: 'dseg.tsv',
    read: readLabelNames,
  },
  ratings: {
    examples: () => [
      text('target,rater,value\n1,A,9\n1,B,2\n2,A,6\n2,B,1\n3,A,8\n3,B,4\n'),
      text('target,rater,value\ns1,one,0.1\ns1,two,0.2\ns2,one,n/a\ns2,two,.4\ns3,one,.3\ns3,two,.35\n'),
    ],
    fileName: 'ratings.csv',
    read: async (path) => parseRatings(await readText(path), path),
    words: (path) => ['icc', path],
  },
  sidecar: {
    examples: () => [
      text('{"EchoTime": 0.06, "MagneticFieldStrength": 3, "NoiseStandardDeviation": 12.5}\n'),
    ],
    fileName: 'dwi.json',
    read: readSidecar,
  },
  'run-record': {
    examples: recordOfRun,
    fileName: 'run.json',
    read: async (path) => decodeRunRecord(await readText(path), path),
  },
  tissue: {
    examples: () => [
      text('D: { uniform: [0.0005, 0.003] }\nf: { uniform: [0, 0.5] }\nDp: { uniform: [0.005, 0.1] }\n'),
    ],
    fileName: 'tissue.yaml',
    read: readTissue,
  },
};
