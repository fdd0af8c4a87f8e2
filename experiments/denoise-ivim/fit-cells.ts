import { z } from 'zod';
import type { RunContext, Task } from '../../src/contracts/cell.ts';
import { TRUTH, type Row } from '../../src/contracts/metric.ts';
import {
  failedFrom,
  PARAMETERS,
  type ParameterName,
  type Parameters,
  type Signals,
} from '../../src/contracts/voxels.ts';
import { storedJson, StoredNumber } from '../../src/files/stored-file.ts';
import { meanOverSubjects } from '../../src/image-metrics/mean-over-subjects.ts';
import { CV_PERCENT, ICC2 } from '../../src/measures/agreement.ts';
import {
  AS_ACQUIRED,
  denoisedMethod,
  LESION_BIAS,
  LESION_RECOVERY,
  VOXEL_RMSE,
  VOXEL_RMSE_DIFFERENCE,
} from '../../src/measures/denoising.ts';
import type { Measure } from '../../src/measures/measure.ts';
import { ROI_BIAS, ROI_RMSE, SLOPE_ON_TRUTH, SLOPE_WITHIN_REGIONS } from '../../src/measures/regions.ts';
import { regionMeans } from '../../src/metrics/regional/region-means.ts';
import { fitVoxels } from '../../src/preparation/fit-voxels.ts';
import { fitterOf, type FitterInUse } from '../../src/preparation/fitter-in-use.ts';
import { prepare } from '../../src/preparation/prepare.ts';
import { readerAgreement, type Statistic } from '../volunteers/agreement-rows.ts';
import { rateRegions } from '../volunteers/rated-regions.ts';
import { decodeRegions, encodeRegions, type RegionRecord } from '../volunteers/rows.ts';
import { againstTruth } from '../volunteers/truth-rows.ts';
import { subjectVariation } from '../volunteers/variation-rows.ts';
import { DENOISED, NOISE_LEFT } from './denoise-cells.ts';
import { decodeScans, lesionLabel, type DenoisedScan, type Scans } from './scans.ts';

/** What a fit leaves for comparisons: the errors by subject, and the means of drawn regions. */
export const REGIONS = 'regions.json';
export const TRUE_REGIONS = 'true-regions.json';

/** Root-mean-square errors by subject. */
type Errors = Readonly<Record<ParameterName, readonly number[]>>;
const ERRORS = storedJson<Errors>('errors.json', z.record(z.enum(PARAMETERS), z.array(StoredNumber)));

export interface FitInput {
  readonly experiment: string;
  readonly fitter: FitterInUse;
  readonly denoising: string;
  readonly seed: number;
}

/** Fits the voxels of all organs, drawn regions and lesions of the test scans after one denoising. */
export const fitDenoised: Task<FitInput> = {
  module: import.meta.url,
  name: 'fitDenoised',
  async run({ experiment, fitter: { name, module, settings }, denoising, seed }, context) {
    const test = decodeScans(await context.files('test'));
    const bytes = await context.read('denoised', DENOISED);
    const all = new Float32Array(bytes.slice().buffer);
    const left = NOISE_LEFT.decode(await context.read('denoised', NOISE_LEFT.name));
    const length = test.scans[0].clean.length;
    const voxels = test.scans.map((scan, i) =>
      voxelsOf(scan, test, all.subarray(i * length, (i + 1) * length), left * test.sigma),
    );
    const fitter = await fitterOf({ module });
    const { ready } = await prepare({
      ...{ name, fitter, settings, seed },
      bValues: Float64Array.from(test.bValues),
      allVoxels: () => joined(voxels.map(({ signals }) => signals)),
    });
    const estimates: Parameters[] = [];
    let failed = 0;
    for (const [i, { signals, places }] of voxels.entries()) {
      const found = await fitVoxels(ready, signals);
      failed += found.status.filter((status) => status >= failedFrom).length;
      estimates.push(mapsOf(found, places, test.scans[i].organs.length));
      context.onProgress((i + 1) / voxels.length, test.scans[i].subject);
    }
    ready.dispose?.();
    const method = denoisedMethod(name, denoising);
    const row = (measure: Measure, parameter: ParameterName, values: readonly number[]): Row => {
      const { value, low, high, n } = meanOverSubjects(values.filter(Number.isFinite));
      return {
        ...{ experiment, method, parameter, metric: measure.name, value, n },
        ...{ factors: { denoising, set: 'test' }, ciLow: low, ciHigh: high, unit: measure.unit(parameter) },
      };
    };
    const errors = Object.fromEntries(
      PARAMETERS.map((parameter) => [
        parameter,
        test.scans.flatMap((scan, i) => (scan.lesion ? [] : [rootMeanSquare(scan, estimates[i], parameter)])),
      ]),
    ) as unknown as Errors;
    const lesions = lesionPairs(test).map(({ before, after }) => ({
      ...{ before: estimates[before], after: estimates[after] },
      trueBefore: truthOf(test.scans[before]),
      trueAfter: truthOf(test.scans[after]),
      rows: placesOf(test.scans[after].organs, lesionLabel(test)),
    }));
    const total = voxels.reduce((sum, { signals }) => sum + signals.n, 0);
    return {
      rows: PARAMETERS.flatMap((parameter) => [
        row(VOXEL_RMSE, parameter, errors[parameter]),
        row(
          LESION_BIAS,
          parameter,
          lesions.map(({ after, trueAfter, rows }) => {
            const truth = regionMeans(trueAfter, rows)[parameter];
            return (100 * (regionMeans(after, rows)[parameter] - truth)) / truth;
          }),
        ),
        row(
          LESION_RECOVERY,
          parameter,
          lesions.map(({ before, after, trueBefore, trueAfter, rows }) => {
            const change = (a: Parameters, b: Parameters) =>
              regionMeans(b, rows)[parameter] - regionMeans(a, rows)[parameter];
            return change(before, after) / change(trueBefore, trueAfter);
          }),
        ),
      ]),
      files: new Map([
        ERRORS.encode(errors),
        [REGIONS, encodeRegions(recordsOf(test, (i) => estimates[i]))],
        [TRUE_REGIONS, encodeRegions(recordsOf(test, (i) => truthOf(test.scans[i])))],
      ]),
      notes: failed > 0 ? [`${method}: ${failed} of ${total} voxels have no estimate`] : [],
    };
  },
};

/** Voxels of one scan that are fitted, and where they are. */
interface ScanVoxels {
  readonly signals: Signals;
  readonly places: Uint32Array;
}

function voxelsOf(
  { organs, drawings }: DenoisedScan,
  { bValues, readers }: Scans,
  series: Float32Array,
  sigma: number,
): ScanVoxels {
  const size = organs.length;
  const wanted = (i: number) =>
    series[i] > 0 &&
    (organs[i] > 0 || (drawings.length > 0 && readers.some((_, reader) => drawings[reader * size + i] > 0)));
  const places = Uint32Array.from({ length: size }, (_, i) => i).filter(wanted);
  const m = bValues.length;
  const values = new Float64Array(places.length * m);
  const scale = Float64Array.from(places, (place) => series[place]);
  places.forEach((place, row) => {
    for (let b = 0; b < m; b++) values[row * m + b] = series[b * size + place] / scale[row];
  });
  const noise = scale.map((S0) => sigma / S0);
  return {
    places,
    signals: { bValues: Float64Array.from(bValues), n: places.length, values, scale, sigma: noise },
  };
}

function joined(all: readonly Signals[]): Signals {
  const n = all.reduce((sum, each) => sum + each.n, 0);
  const [{ bValues }] = all;
  const values = new Float64Array(n * bValues.length);
  const [scale, sigma] = [new Float64Array(n), new Float64Array(n)];
  let at = 0;
  for (const each of all) {
    values.set(each.values, at * bValues.length);
    scale.set(each.scale, at);
    sigma.set(each.sigma!, at);
    at += each.n;
  }
  return { bValues, n, values, scale, sigma };
}

/** Estimates as maps of the whole grid, NaN where nothing was fitted. */
function mapsOf(estimates: Parameters, places: Uint32Array, n: number): Parameters {
  const map = (name: ParameterName) => {
    const values = new Float64Array(n).fill(NaN);
    places.forEach((place, row) => (values[place] = estimates[name][row]));
    return values;
  };
  return { n, D: map('D'), f: map('f'), Dp: map('Dp') };
}

function truthOf({ truth, organs: { length: n } }: DenoisedScan): Parameters {
  const map = (index: number) => Float64Array.from(truth.subarray(index * n, (index + 1) * n));
  return { n, D: map(0), f: map(1), Dp: map(2) };
}

const placesOf = (labels: Uint8Array, label: number): Uint32Array =>
  Uint32Array.from(labels.keys()).filter((i) => labels[i] === label);

/** Over the voxels of the organs. */
function rootMeanSquare(scan: DenoisedScan, estimates: Parameters, parameter: ParameterName): number {
  const truth = truthOf(scan)[parameter];
  let [sum, n] = [0, 0];
  scan.organs.forEach((label, i) => {
    const error = estimates[parameter][i] - truth[i];
    if (label === 0 || Number.isNaN(error)) return;
    sum += error ** 2;
    n++;
  });
  return Math.sqrt(sum / n);
}

/** Scans of the same subject without and with the lesion. */
const lesionPairs = ({ scans }: Scans): { before: number; after: number }[] =>
  scans.flatMap(({ subject, lesion }, after) => {
    if (!lesion) return [];
    const before = scans.findIndex((scan) => scan.subject === subject && !scan.lesion);
    return before < 0 ? [] : [{ before, after }];
  });

/** Means of the regions that readers drew. */
function recordsOf(test: Scans, mapsAt: (scan: number) => Parameters): RegionRecord[] {
  return test.scans.flatMap(({ subject, drawings, organs: { length: size } }, i) =>
    drawings.length === 0
      ? []
      : test.readers.flatMap((reader, r) =>
          test.regions.map((region, label): RegionRecord => {
            const rows = placesOf(drawings.subarray(r * size, (r + 1) * size), label + 1);
            return { subject, reader, region, ...regionMeans(mapsAt(i), rows) };
          }),
        ),
  );
}

export interface CompareInput {
  readonly experiment: string;
  readonly fitter: string;
  readonly denoising: string;
  readonly session: string;
  /** Other fits of the same scans: the needs `rival 1`, `rival 2`, … */
  readonly rivals: readonly string[];
}

/** Compares the errors of a fit with those of others, and says how well readers agree on its region means and how much people differ. */
export const compareFits: Task<CompareInput> = {
  module: import.meta.url,
  name: 'compareFits',
  async run({ experiment, fitter, denoising, session, rivals }, context) {
    const own = await errorsOf(context, 'fit');
    const method = denoisedMethod(fitter, denoising);
    const rows: Row[] = [];
    for (const [k, rival] of rivals.entries()) {
      const theirs = await errorsOf(context, `rival ${k + 1}`);
      for (const parameter of PARAMETERS) {
        const { value, low, high, n } = meanOverSubjects(
          own[parameter].map((error, i) => error - theirs[parameter][i]),
        );
        const { name: metric, unit } = VOXEL_RMSE_DIFFERENCE;
        rows.push({
          ...{ experiment, method, parameter, metric, value, n },
          ...{ factors: { denoising, set: 'test', compared_with: rival }, ciLow: low, ciHigh: high },
          unit: unit(parameter),
        });
      }
    }
    const estimated = decodeRegions(await context.read('fit', REGIONS));
    const truth = decodeRegions(await context.read('fit', TRUE_REGIONS));
    return {
      rows: [
        ...rows,
        ...agreementRows(estimated, truth, {
          experiment,
          method,
          factors: { denoising, session },
        }),
      ],
    };
  },
};

/** The agreement of the true means over the regions that readers drew. */
export const agreeOnTruth: Task<Pick<CompareInput, 'experiment' | 'session'>> = {
  module: import.meta.url,
  name: 'agreeOnTruth',
  async run({ experiment, session }, context) {
    const truth = decodeRegions(await context.read('fit', TRUE_REGIONS));
    return {
      rows: agreementRows(truth, undefined, {
        ...{ experiment, method: TRUTH },
        factors: { denoising: AS_ACQUIRED, session },
      }),
    };
  },
};

/** What a study of denoising reports of the agreement of readers, and of people. */
const REPORTED: readonly string[] = [
  ICC2,
  CV_PERCENT,
  SLOPE_ON_TRUTH,
  SLOPE_WITHIN_REGIONS,
  ROI_RMSE,
  ROI_BIAS,
].map(({ name }) => name);

function agreementRows(
  records: readonly RegionRecord[],
  truth: readonly RegionRecord[] | undefined,
  about: Pick<Row, 'experiment' | 'method' | 'factors'>,
): Row[] {
  return PARAMETERS.flatMap((parameter) => {
    const rated = rateRegions(records, parameter);
    const unit = VOXEL_RMSE.unit(parameter);
    const statistics: Statistic[] = [
      ...readerAgreement(rated, unit).rows,
      ...subjectVariation(rated).rows,
      ...(truth ? againstTruth(rated, rateRegions(truth, parameter), unit) : []),
    ];
    // Of all regions together alone: there are as many lines as fits.
    return statistics
      .filter(({ metric, factors = {} }) => REPORTED.includes(metric) && Object.keys(factors).length === 0)
      .map((row): Row => ({
        ...about,
        parameter,
        ciLow: NaN,
        ciHigh: NaN,
        unit: '',
        ...row,
        factors: about.factors,
      }));
  });
}

const errorsOf = async (context: Pick<RunContext, 'read'>, need: string): Promise<Errors> =>
  ERRORS.decode(await context.read(need, ERRORS.name));
