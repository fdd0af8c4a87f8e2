import type { Table, TableValue } from '../contracts/table.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { ROI_MEAN } from '../measures/regions.ts';

const FACTORS = ['subject', 'session', 'reader', 'region'] as const;

/** What every reader found in everybody: a line for a spreadsheet, or for `ivim-bench icc` after picking a column. */
const table: Table = {
  title: 'Region means',
  caption:
    'Mean of each parameter over the voxels of each region of each reader: D and Dp in mm²/s, f a fraction; `voxels` is the number ' +
    'of voxels with an estimate.',
  csvOnly: true,
  build(rows) {
    const means = rows.filter(({ metric }) => metric === ROI_MEAN.name);
    if (means.length === 0) return null;
    const lines = new Map<string, Record<string, TableValue>>();
    for (const { method, factors, parameter, value, n } of means) {
      const named = FACTORS.map((factor) => factors[factor] ?? '');
      const key = JSON.stringify([method, named]);
      const line = lines.get(key) ?? {
        fitter: method,
        ...Object.fromEntries(FACTORS.map((factor, i) => [factor, named[i]])),
        voxels: n,
      };
      line[parameter] = value;
      lines.set(key, line);
    }
    const columns = ['fitter', ...FACTORS, ...PARAMETERS, 'voxels'];
    return {
      columns: columns.map((name) => ({ name, label: name })),
      lines: [...lines.values()].map((line) => ({ values: columns.map((name) => line[name] ?? null) })),
    };
  },
};
export default table;
