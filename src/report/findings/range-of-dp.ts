import type { Row } from '../../contracts/metric.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { RMSE_RATIO } from '../../measures/errors.ts';
import { SPREAD_RATIO } from '../../measures/repeated-trainings.ts';
import { numericFactor } from '../../tables/reading/factor.ts';
import { nearestSnr } from '../../tables/reading/nearest-snr.ts';
import { noiseOfTest } from '../../tables/reading/noise-of-test.ts';
import { roundedText } from '../../tables/reading/number-text.ts';
import { rangeText, valueText } from '../../tables/reading/readable.ts';
import type { FindingOf, FindingSource } from '../finding.ts';

/** The effect of a wider range of Dp on errors, and the spread of the estimates relative to that of the truth. */
const rangeOfDp: FindingOf = ({ rows }) => {
  const snr = nearestSnr(rows);
  // A range of noise is all that its study has.
  const level = Number.isNaN(snr) ? rows : rows.filter((row) => numericFactor(row, 'snr') === snr);
  const fitters = [...new Set(rows.map(({ method }) => method))];
  return {
    reported:
      'The study trains and tests networks with Dp up to 0.1 and up to 0.2 mm²/s and shows histograms of the estimates.',
    source: 'Barbieri et al., Magn Reson Med 2020;83:312–321',
    found: fitters.flatMap((fitter) =>
      PARAMETERS.flatMap((parameter) =>
        sentence(level.filter((row) => row.method === fitter && row.parameter === parameter)),
      ),
    ),
    otherwise: 'This run did not compare ranges of Dp.',
  };
};
export default {
  order: 14,
  against: 'paper',
  experiments: ['parameter-range'],
  general: true,
  find: rangeOfDp,
  // Dp is the parameter whose range changes.
  answer: (run) => rangeOfDp(run).found.findLast((sentence) => /, Dp (at|with) /.test(sentence)),
} satisfies FindingSource;

/** @param rows those of one fitter, parameter and noise */
function sentence(rows: readonly Row[]): string[] {
  const spreads = rows
    .filter(({ metric, value }) => metric === SPREAD_RATIO.name && Number.isFinite(value))
    .sort((a, b) => numericFactor(a, 'Dp_up_to') - numericFactor(b, 'Dp_up_to'));
  const ratios = rows.filter(({ metric, value }) => metric === RMSE_RATIO.name && Number.isFinite(value));
  if (spreads.length === 0) return [];
  const { method, parameter } = spreads[0];
  const noise = noiseOfTest(spreads[0]);
  const where = noise && (Number.isNaN(noise.snr) ? `with ${noise.text}` : `at ${noise.text}`);
  const end = (row: Row) => String(numericFactor(row, 'Dp_up_to'));
  const told = spreads.map((row) => `${valueText(row, 2)} with Dp up to ${end(row)}`);
  const errors = ratios.map(
    (row) =>
      `the RMSE with Dp up to ${end(row)} is ${roundedText(row.value, 3)} times (${rangeText(row.ciLow, row.ciHigh, 3)}) that with Dp up to ${end(spreads[0])}`,
  );
  return [
    `${[`${method}, ${parameter}`, where].join(' ')}: the standard deviation of the estimates over that of the truth is ${[told.join(', '), ...errors].join('; ')}.`,
  ];
}
