import { TRUTH, type Row } from '../../src/contracts/metric.ts';
import type { Picture } from '../../src/contracts/picture.ts';
import { PARAMETERS, type ParameterName } from '../../src/contracts/voxels.ts';

const UNITS = { D: 'mm²/s', f: '', Dp: 'mm²/s' };
const TYPICAL: Readonly<Record<string, Readonly<Record<ParameterName, number>>>> = {
  left_liver: { D: 0.00125, f: 0.24, Dp: 0.08 },
  spleen: { D: 0.0009, f: 0.12, Dp: 0.05 },
  cortex: { D: 0.00195, f: 0.2, Dp: 0.025 },
};
const SUBJECTS = ['sub-01', 'sub-02', 'sub-03', 'sub-04'];
const READERS = ['reader1', 'reader2'];
export const SESSIONS = ['ses-15T', 'ses-3T'];

/** How much of the differences between people a made-up fitter finds. */
const SLOPES: Readonly<Record<string, number>> = { [TRUTH]: 1, ls: 1.2, map: 0.8, dnn: 0.1 };

const row = (told: Pick<Row, 'method' | 'metric' | 'value'> & Partial<Row>): Row => ({
  experiment: 'volunteers',
  factors: {},
  parameter: '',
  ciLow: NaN,
  ciHigh: NaN,
  unit: '',
  n: 12,
  ...told,
});

/** Rows of a made-up run of volunteers; the fitter called truth is what is true of them. */
export function volunteersRows(fitters: readonly string[] = Object.keys(SLOPES)): Row[] {
  const regions = Object.keys(TYPICAL);
  const rows: Row[] = regions.map((region, i) =>
    row({ method: '', factors: { region }, metric: 'region_order', value: i + 1 }),
  );
  for (const fitter of fitters) {
    const slope = SLOPES[fitter] ?? 0.9;
    for (const session of SESSIONS) {
      for (const parameter of PARAMETERS) {
        const about = { method: fitter, parameter, unit: UNITS[parameter] };
        for (const region of regions) {
          for (const [s, subject] of SUBJECTS.entries()) {
            for (const [r, reader] of READERS.entries()) {
              const differs = 1 + slope * 0.1 * (s - 1.5) + 0.005 * r * (s % 2);
              const factors = { subject, session, reader, region };
              const value = TYPICAL[region][parameter] * differs;
              rows.push(row({ ...about, factors, metric: 'roi_mean', value, n: 300 }));
            }
          }
          const cv = slope * (region === 'spleen' ? 12 : 13);
          const interval = { value: cv, ciLow: cv * 0.7, ciHigh: cv * 1.2, unit: '%', n: 4 };
          rows.push(row({ ...about, ...interval, factors: { session, region }, metric: 'cv_percent' }));
        }
        rows.push(...statistics(fitter, session, parameter, slope));
      }
    }
  }
  return rows;
}

function statistics(fitter: string, session: string, parameter: ParameterName, slope: number): Row[] {
  const about = { method: fitter, parameter, factors: { session } };
  const unit = UNITS[parameter];
  const scale = TYPICAL['spleen'][parameter];
  const icc = session === 'ses-3T' ? 0.98 : 0.9;
  const of = (metric: string, value: number, more: Partial<Row> = {}) =>
    row({
      ...about,
      metric,
      value,
      ciLow: value - Math.abs(value) / 20,
      ciHigh: value + Math.abs(value) / 90,
      ...more,
    });
  return [
    ...['icc1', 'icc2', 'icc3', 'icc1k', 'icc2k', 'icc3k'].flatMap((form) => [
      of(form, icc),
      of(`${form}_within_regions`, icc - 0.3, { ciLow: icc - 0.5 }),
    ]),
    of('f_two_way', 40, { ciLow: NaN, ciHigh: NaN }),
    of('p_two_way', 1e-7, { ciLow: NaN, ciHigh: NaN }),
    of('wcv_percent', 2, { unit: '%' }),
    of('repeatability', scale / 20, { unit }),
    of('cv_percent', 12.9 * slope, { unit: '%', n: 4 }),
    ...(['bias', 'lower', 'upper'] as const).map((name, i) =>
      of(`bland_altman_${name}`, scale * [0.001, -0.02, 0.022][i], {
        unit,
        factors: { session, readers: READERS.join(' - ') },
      }),
    ),
    ...(fitter === TRUTH
      ? []
      : [
          of('correlation_with_truth', 0.95),
          of('slope_on_truth', slope),
          of('correlation_with_truth_within_regions', 0.8),
          of('slope_on_truth_within_regions', slope),
          of('roi_bias', scale / 50, { unit }),
          of('roi_rmse', scale / 20, { unit }),
        ]),
  ];
}

/** The slice that goes with them: 4 x 3 pixels. */
export function volunteersPictures(fitters: readonly string[] = Object.keys(SLOPES)): Picture[] {
  const shape = { experiment: 'volunteers', width: 4, height: 3, pixel: [4, 4] as const };
  const factors = { subject: 'sub-01', session: 'ses-3T', slice: 4 };
  const values = (scale: number) => Float32Array.from({ length: 12 }, (_, i) => (i === 0 ? NaN : scale * i));
  const regions = (from: number) => Float32Array.from({ length: 12 }, (_, i) => (i < from ? NaN : i % 3));
  return [
    { ...shape, method: '', factors, quantity: 'b0', values: values(10) },
    ...READERS.map((reader, i): Picture => {
      const legend = Object.keys(TYPICAL);
      return {
        ...shape,
        method: '',
        factors: { ...factors, reader },
        quantity: 'regions',
        legend,
        values: regions(i),
      };
    }),
    ...fitters.flatMap((fitter) =>
      PARAMETERS.map((shows): Picture => {
        const scale = TYPICAL['spleen'][shows] / 6;
        return { ...shape, method: fitter, factors, quantity: shows, values: values(scale) };
      }),
    ),
  ];
}
