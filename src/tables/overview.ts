import { BOUND } from '../contracts/metric.ts';
import type { RunManifest } from '../contracts/stored-run.ts';
import type { Line, Table } from '../contracts/table.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { FAILED_FRACTION, RMSE } from '../measures/errors.ts';
import { quantityOf } from '../measures/quantities.ts';
import { FIT_US_PER_VOXEL } from '../measures/timing.ts';
import { counted } from '../wording/counted.ts';
import { shortened } from '../wording/shortened.ts';
import { significant } from '../wording/significant.ts';
import { numericFactor } from './reading/factor.ts';
import { fittersOf } from './reading/fitters-of.ts';
import { nearestSnrs } from './reading/nearest-snr.ts';
import { protocolOf } from './reading/protocols.ts';
import { byName } from './reading/series.ts';
import { withoutRuns } from './reading/without-runs.ts';
import { withInterval } from './reading/with-interval.ts';

/** Longer than this no reason is shown; the report has it whole above. */
const LONGEST = 160;

const table: Table = {
  title: 'Every fitter at one noise level',
  order: 0,
  beside: 'best-where',
  caption:
    'RMSE at the SNR nearest to 20 (for each protocol, if there are several), the fraction of voxels at which the fitter failed, and ' +
    'its time per voxel. A fitter that could not be run, such as a program that is not installed, is listed with the reason.',
  build(all, manifest) {
    const rows = withoutRuns(all).filter((row) => row.experiment === 'phantom' && row.method !== BOUND);
    const failures = failedFitters(manifest);
    const errors = rows.filter((row) => row.metric === RMSE.name);
    const levels = nearestSnrs(errors);
    if (levels.size === 0) return null;
    const several = !levels.has('');
    const [first, ...others] = new Set(levels.values());
    const differ = others.length > 0;
    const names = [...new Set([...errors.map(({ method }) => method), ...failures.keys()])].sort(byName);
    const lines = [...levels].flatMap(([protocol, snr]) =>
      names.map((fitter): Line => {
        const own = rows.filter((row) => row.method === fitter && protocolOf(row) === protocol);
        const here = own.filter((row) => numericFactor(row, 'snr') === snr);
        const error = (parameter: ParameterName) =>
          here.find((row) => row.metric === RMSE.name && row.parameter === parameter);
        const failed = here
          .filter((row) => row.metric === FAILED_FRACTION.name)
          .map(({ value }) => 100 * value);
        const time = own.find((row) => row.metric === FIT_US_PER_VOXEL.name);
        return {
          scale: 1000,
          values: [
            ...(several ? [protocol] : []),
            ...(differ ? [snr] : []),
            fitter,
            ...PARAMETERS.map((parameter) => withInterval(error(parameter))),
            failed.length > 0 ? Math.max(...failed) : null,
            withInterval(time),
            failures.get(fitter) ?? null,
          ],
        };
      }),
    );
    return {
      columns: [
        ...(several ? [{ name: 'protocol', label: 'Protocol' }] : []),
        ...(differ ? [{ name: 'snr', label: 'SNR' }] : []),
        { name: 'fitter', label: 'Fitter' },
        ...PARAMETERS.map((parameter) => {
          const { shownUnit: unit, scale } = quantityOf(parameter);
          const place = differ ? '' : ` at SNR ${significant(first, 3)}`;
          return {
            name: `rmse_${parameter}`,
            label: `RMSE of ${parameter} (${unit})${place}`,
            scaled: scale === 1000,
          };
        }),
        { name: 'failed_percent', label: 'Failed (%)' },
        { name: 'fit_us_per_voxel', label: 'Time per voxel (µs)' },
        ...(failures.size > 0 ? [{ name: 'missing', label: 'What is missing, and why' }] : []),
      ],
      lines: failures.size > 0 ? lines : lines.map((line) => ({ ...line, values: line.values.slice(0, -1) })),
    };
  },
};
export default table;

/** Fitters some of whose work failed, with how much that was and the first reason. */
function failedFitters(manifest: RunManifest): Map<string, string> {
  const failures = fittersOf(manifest).flatMap(({ name }) => {
    const own = manifest.cells.failed.filter(({ id }) => isWorkOf(id, name));
    if (own.length === 0) return [];
    const [{ message }] = own;
    return [[name, `${counted(own.length, 'cell')}: ${shortened(message, LONGEST)}`] as const];
  });
  return new Map(failures);
}

/** Whether a cell is of a fitter: `fit ls snr=20`, and within a whole paper `phantom: fit ls snr=20`. */
function isWorkOf(id: string, name: string): boolean {
  const [, rest = ''] = /^(?:phantom: )?(?:prepare|fit|time) (.*)$/s.exec(id) ?? [];
  return rest === name || rest.startsWith(`${name} snr=`) || rest.startsWith(`${name} protocol=`);
}
