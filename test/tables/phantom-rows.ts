import { BOUND, CONCURRENT_CELLS, TRUTH, type Row } from '../../src/contracts/metric.ts';
import type { Picture } from '../../src/contracts/picture.ts';
import { RANK_SHARES } from '../../src/measures/intervals.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';
import { studyRmse } from '../../src/tables/published/study-rmse.ts';

const UNITS = { D: 'mm²/s', f: '', Dp: 'mm²/s' };

/** How far each made-up fitter lies between least squares (1) and the Bayes floor (0), on a log scale. */
const BETWEEN: Readonly<Record<string, number>> = {
  ls: 1,
  'ls-global': 1.06,
  segmented: 0.8,
  map: 0.45,
  dnn: 0.15,
  mmse: 0,
};

/** Rows of a made-up phantom run: RMSE from the study's reference tables, everything else plausible. */
export function phantomRows(fitters: readonly string[] = Object.keys(BETWEEN)): Row[] {
  const rows: Row[] = [];
  for (const fitter of fitters) {
    const between = BETWEEN[fitter] ?? 0.3 + 0.05 * fitters.indexOf(fitter);
    for (const [level, sigma] of studyRmse.sigma.entries()) {
      const factors = { snr: studyRmse.S0 / sigma };
      for (const parameter of PARAMETERS) {
        const ceiling = studyRmse.leastSquares[parameter][level];
        const floor = studyRmse.bayesFloor[parameter][level];
        const value = floor * (ceiling / floor) ** between;
        const base = {
          experiment: 'phantom',
          method: fitter,
          factors,
          parameter,
          unit: UNITS[parameter],
          n: 10000,
        };
        rows.push({ ...base, metric: 'rmse', value, ciLow: value * 0.98, ciHigh: value * 1.025 });
        rows.push({ ...base, metric: 'bias', value: value / 9, ciLow: value / 10, ciHigh: value / 8 });
        rows.push({ ...base, metric: 'sd', value: 0.99 * value, ciLow: 0.97 * value, ciHigh: 1.02 * value });
        // Heavy tails: the middle half of the errors is far narrower than the RMSE where least squares runs to a bound.
        const middle = Math.min(value, 2 * floor);
        const far = value > 4 * floor ? 2.5 * value : 2 * middle;
        const quantiles = {
          q05: -1.8 * middle,
          q25: -0.7 * middle,
          q50: 0.03 * middle,
          q75: 0.8 * middle,
          q95: far,
        };
        for (const [name, error] of Object.entries(quantiles)) {
          rows.push({ ...base, metric: `error_${name}`, value: error, ciLow: NaN, ciHigh: NaN });
        }
        rows.push({ ...base, metric: 'failed_fraction', unit: '', value: 0, ciLow: 0, ciHigh: 0 });
        for (const nominal of [50, 80, 95]) {
          const value = (nominal / 100) ** (1 + between * (1 + level / 10));
          const spread = { ciLow: value - 0.01, ciHigh: Math.min(1, value + 0.01) };
          rows.push({ ...base, metric: `coverage${nominal}`, unit: '', value, ...spread });
        }
        // Ranks that pile up at both ends as the intervals get narrower.
        for (const { name, from, to } of RANK_SHARES) {
          const value = (to - from) * (1 + between * (3 * (from + to - 1) ** 2 - 1) * 0.8);
          rows.push({ ...base, metric: name, unit: '', value, ciLow: value - 0.005, ciHigh: value + 0.005 });
        }
      }
    }
  }
  rows.push(...boundRows(), ...timingRows(fitters));
  if (fitters.includes('dnn')) rows.push(...lossRows());
  return rows;
}

/** Bounds of 1.5 times the Bayes floor, and medians of its size. */
function boundRows(): Row[] {
  return studyRmse.sigma.flatMap((sigma, level) =>
    PARAMETERS.flatMap((parameter) => {
      const floor = studyRmse.bayesFloor[parameter][level];
      const about = {
        experiment: 'phantom',
        method: BOUND,
        factors: { snr: studyRmse.S0 / sigma },
        parameter,
        ciLow: NaN,
        ciHigh: NaN,
        unit: UNITS[parameter],
        n: 10000,
      };
      return [
        { ...about, metric: 'crlb', value: 1.5 * floor },
        { ...about, metric: 'crlb_median', value: floor },
      ];
    }),
  );
}

/** The same rows under several protocols, those of the second half as large again as those of the first. */
export function underProtocols(rows: readonly Row[], protocols: readonly string[]): Row[] {
  return protocols.flatMap((protocol, i) =>
    rows.map((row) => {
      const scale = row.unit === 's' || row.unit === 'µs' ? 1 : 1 + 0.5 * i;
      const { value, ciLow, ciHigh, factors } = row;
      return {
        ...row,
        factors: { protocol, ...factors },
        value: value * scale,
        ciLow: ciLow * scale,
        ciHigh: ciHigh * scale,
      };
    }),
  );
}

const MICROSECONDS: Readonly<Record<string, number>> = {
  ls: 180,
  'ls-global': 2.6,
  segmented: 0.8,
  map: 5.1,
  dnn: 0.2,
  mmse: 95,
};

function timingRows(fitters: readonly string[]): Row[] {
  return fitters.flatMap((fitter, i) => {
    const base = {
      experiment: 'phantom',
      method: fitter,
      factors: {
        cpu: 'Example CPU 2.0 GHz',
        backend: fitter === 'dnn' ? 'WASM SIMD' : 'JavaScript',
        threads: 1,
      },
      parameter: '' as const,
    };
    const us = MICROSECONDS[fitter] ?? 3 * 2 ** i;
    const seconds = fitter === 'dnn' ? 21.5 : fitter === 'map' ? 3.4 : 0.01;
    return [
      {
        ...base,
        metric: 'fit_us_per_voxel',
        value: us,
        ciLow: us * 0.9,
        ciHigh: us * 1.3,
        unit: 'µs',
        n: 10000,
      },
      {
        ...base,
        factors: { ...base.factors, [CONCURRENT_CELLS]: 1 },
        metric: 'prepare_s',
        value: seconds,
        ciLow: NaN,
        ciHigh: NaN,
        unit: 's',
        n: 1,
      },
    ];
  });
}

function lossRows(): Row[] {
  return Array.from({ length: 60 }, (_, epoch) => ({
    experiment: 'phantom',
    method: 'dnn',
    factors: { epoch: epoch + 1 },
    parameter: '' as const,
    metric: 'training_loss',
    value: 0.004 + 0.08 * Math.exp(-epoch / 2) + 0.0001 * Math.sin(7 * epoch),
    ciLow: NaN,
    ciHigh: NaN,
    unit: '',
    n: 100000,
  }));
}

/** Pictures of an example voxel at three SNRs, as the cells of a run leave them. */
export function phantomPictures(fitters: readonly string[] = Object.keys(BETWEEN)): Picture[] {
  const truth = [0.00125, 0.25, 0.05];
  const signal = (b: number, [D, f, Dp]: readonly number[]) =>
    f * Math.exp(-b * Dp) + (1 - f) * Math.exp(-b * D);
  const b = [0, 10, 60, 300, 1000];
  return [100, 20, 10].flatMap((snr) => {
    const picture = (method: string, quantity: string, rows: readonly (readonly number[])[]): Picture => ({
      ...{ experiment: 'phantom', method, factors: { snr }, quantity, pixel: [1, 1] },
      width: rows[0].length,
      height: rows.length,
      values: Float32Array.from(rows.flat()),
    });
    const of = (method: string, parameters: readonly number[], spread: number) => [
      picture(method, 'decay', [b, b.map((each) => signal(each, parameters))]),
      picture(
        method,
        'estimate',
        parameters.map((value) => [value, value * (1 - spread), value * (1 + spread)]),
      ),
    ];
    return [
      picture('', 'decay', [b, b.map((each, i) => signal(each, truth) + (i % 2 === 0 ? 1 : -1) / snr / 2)]),
      ...of(TRUTH, truth, NaN),
      ...fitters.flatMap((fitter, i) =>
        // One fitter has no intervals, and one estimate far from the truth.
        of(
          fitter,
          truth.map((value, k) => value * (1 + (i * (k + 1)) / snr)),
          i === 1 ? NaN : 4 / snr,
        ),
      ),
    ];
  });
}
