import type { Row } from '../contracts/metric.ts';
import type { RunManifest } from '../contracts/stored-run.ts';
import type { Table } from '../contracts/table.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { RMSE } from '../measures/errors.ts';
import { quantityOf } from '../measures/quantities.ts';
import { studyFitter } from './published/study-fitters.ts';
import { studyRmse } from './published/study-rmse.ts';
import { nearness } from './published/study-setting.ts';
import { atOneProtocol } from './reading/at-one-protocol.ts';
import { configOf } from './reading/config-of.ts';
import { numericFactor } from './reading/factor.ts';
import { fittersOf } from './reading/fitters-of.ts';
import { withoutRuns } from './reading/without-runs.ts';

const table: Table = {
  title: 'The study’s code and this run',
  order: 2,
  beside: 'comparison',
  caption:
    'RMSE of least squares with the code of the study (SciPy curve_fit on its own test sets) compared with `ls`, and with SciPy ' +
    'itself if the run includes it; and the Bayes floor of those sets compared with `mmse`. Differences are in percent of the reference. That floor takes noise to be Gaussian, ' +
    'and `mmse` knows that it is Rician, so that its D is up to 2.2 % lower at SNR 10. ' +
    'On the study’s own 10,000 voxels they agree to about a percent; on fewer or other voxels they also differ by chance.',
  build(all, whole) {
    const { rows, manifest } = atOneProtocol({ rows: all, manifest: whole });
    if (nearness(configOf(manifest, 'phantom')) === 'another setting') return null;
    const rmse = withoutRuns(rows).filter((row) => row.metric === RMSE.name);
    const scipyHere = studysOwnFitter(manifest);
    const lines = PARAMETERS.flatMap((parameter) =>
      studyRmse.sigma.flatMap((sigma, level) => {
        const snr = studyRmse.S0 / sigma;
        const ls = find(rmse, studyFitter(manifest, 'ls'), parameter, snr);
        const mmse = find(rmse, studyFitter(manifest, 'mmse'), parameter, snr);
        const peer = find(rmse, scipyHere, parameter, snr);
        if (ls === null && mmse === null && peer === null) return [];
        const { shownUnit: unit, scale } = quantityOf(parameter);
        const scipy = studyRmse.leastSquares[parameter][level];
        const floor = studyRmse.bayesFloor[parameter][level];
        const name = { raw: parameter, shown: `${parameter} (${unit})` };
        const peers = scipyHere === undefined ? [] : [peer, percent(peer, scipy)];
        return [
          {
            scale,
            values: [name, snr, scipy, ls, percent(ls, scipy), ...peers, floor, mmse, percent(mmse, floor)],
          },
        ];
      }),
    );
    if (lines.length === 0) return null;
    return {
      columns: [
        { name: 'parameter', label: 'Parameter' },
        { name: 'snr', label: 'SNR' },
        { name: 'scipy_least_squares', label: 'Study’s least squares (SciPy)', scaled: true, digits: 4 },
        { name: 'ls', label: 'ls, this run', scaled: true, digits: 4 },
        { name: 'ls_difference_percent', label: 'ls differs by (%)', decimals: 2 },
        ...(scipyHere === undefined
          ? []
          : [
              { name: 'scipy', label: 'SciPy, this run', scaled: true, digits: 4 },
              { name: 'scipy_difference_percent', label: 'SciPy differs by (%)', decimals: 2 },
            ]),
        { name: 'bayes_floor', label: 'Bayes floor, reference', scaled: true, digits: 4 },
        { name: 'mmse', label: 'mmse, this run', scaled: true, digits: 4 },
        { name: 'mmse_difference_percent', label: 'mmse differs by (%)', decimals: 2 },
      ],
      lines,
    };
  },
};
export default table;

/** What a run calls the program that fits with SciPy as the study's code does, by its adapter in `scripts/peers/`. */
function studysOwnFitter(manifest: Pick<RunManifest, 'config'>): string | undefined {
  return fittersOf(manifest).find(
    ({ use, settings }) => use === 'external' && /[\\/]scipy_curve_fit\.py"/.test(JSON.stringify(settings)),
  )?.name;
}

/** The RMSE at an SNR, which may have been rounded on its way. */
function find(
  rmse: readonly Row[],
  fitter: string | undefined,
  parameter: ParameterName,
  snr: number,
): number | null {
  const near = (row: Row) => Math.abs(numericFactor(row, 'snr') / snr - 1) < 1e-4;
  return rmse.find((row) => row.method === fitter && row.parameter === parameter && near(row))?.value ?? null;
}

const percent = (value: number | null, reference: number): number | null =>
  value === null ? null : 100 * (value / reference - 1);
