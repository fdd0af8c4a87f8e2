import { TRUTH, type Row } from '../contracts/metric.ts';
import type { Line, Table } from '../contracts/table.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { CV_PERCENT, ICC2 } from '../measures/agreement.ts';
import { VOXEL_RMSE } from '../measures/denoising.ts';
import { quantityHeading, quantityOf } from '../measures/quantities.ts';
import { denoisedFits, denoisingText } from './reading/denoised.ts';
import { withInterval } from './reading/with-interval.ts';

const table: Table = {
  title: 'Errors of D, f and Dp after denoising',
  order: 1,
  beside: 'denoised-errors',
  caption:
    'Root-mean-square error over the voxels of all organs, as the mean over people with its 95 % interval; the error of the signals that are ' +
    'fitted, in units of the noise; the agreement ICC(2,1) between readers and the coefficient of variation between people of the means of regions, ' +
    'which the last line has of the true means.',
  build(rows) {
    const fits = denoisedFits(rows);
    if (!fits) return null;
    const { fitters, denoisings, find, signalError } = fits;
    return {
      columns: [
        { name: 'fitter', label: 'Fitter' },
        { name: 'denoising', label: 'Denoising' },
        { name: 'signal_error', label: 'Error of signals (noise)', decimals: 2 },
        ...PARAMETERS.map((name) => ({ name: `rmse_${name}`, label: quantityHeading(name) })),
        ...PARAMETERS.map((name) => ({ name: `icc_${name}`, label: `ICC of ${name}`, decimals: 3 })),
        ...PARAMETERS.map((name) => ({ name: `cv_${name}`, label: `CV of ${name} (%)`, decimals: 1 })),
      ],
      lines: [
        ...fitters.flatMap((fitter) =>
          denoisings.map((denoising): Line => ({
            values: [
              fitter,
              denoisingText(denoising),
              signalError(denoising)?.value ?? null,
              ...PARAMETERS.map((name) =>
                withInterval(find(VOXEL_RMSE, fitter, denoising, name), quantityOf(name).scale),
              ),
              ...PARAMETERS.map((name) => find(ICC2, fitter, denoising, name)?.value ?? null),
              ...PARAMETERS.map((name) => find(CV_PERCENT, fitter, denoising, name)?.value ?? null),
            ],
          })),
        ),
        ...(rows.some(({ method }) => method === TRUTH) ? [truthLine(rows)] : []),
      ],
    };
  },
};
export default table;

function truthLine(rows: readonly Row[]): Line {
  const values = [ICC2, CV_PERCENT].flatMap(({ name }) =>
    PARAMETERS.map(
      (parameter) =>
        rows.find(
          (row) =>
            row.method === TRUTH &&
            row.metric === name &&
            row.parameter === parameter &&
            row.factors.region === undefined,
        )?.value ?? null,
    ),
  );
  return { values: [TRUTH, '', null, ...PARAMETERS.map(() => null), ...values] };
}
