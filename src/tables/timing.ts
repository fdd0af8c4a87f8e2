import { CONCURRENT_CELLS, type Row } from '../contracts/metric.ts';
import type { Table } from '../contracts/table.ts';
import { FIT_US_PER_VOXEL, PREPARE_S } from '../measures/timing.ts';
import { byName } from './reading/series.ts';
import { withInterval } from './reading/with-interval.ts';

const table: Table = {
  title: 'Times',
  order: 3,
  beside: 'fit-time',
  caption:
    'Time of `fit` alone per voxel after a warm-up (median and spread of the repeats), and one-time setup time (training a network, ' +
    'fitting a prior). The setup time is measured while other cells of the run may be running; the column next to it gives their number. ' +
    'Times are valid for the machine named.',
  build(rows) {
    const timed = rows.filter((row) => row.metric === FIT_US_PER_VOXEL.name || row.metric === PREPARE_S.name);
    if (timed.length === 0) return null;
    const setups = new Map<string, { first: Row; fit?: Row; prepare?: Row }>();
    for (const row of timed) {
      // Times of one setup belong in one line, whatever ran at the same time.
      const setting = Object.entries(row.factors).filter(([name]) => name !== CONCURRENT_CELLS);
      const key = JSON.stringify([row.method, setting.sort()]);
      const setup = setups.get(key) ?? { first: row };
      if (row.metric === PREPARE_S.name) setup.prepare = row;
      else setup.fit = row;
      setups.set(key, setup);
    }
    const sorted = [...setups.values()].sort(
      (a, b) =>
        (a.fit?.value ?? Infinity) - (b.fit?.value ?? Infinity) || byName(a.first.method, b.first.method),
    );
    const told = [
      { name: 'stage', label: 'For' },
      { name: 'protocol', label: 'Protocol' },
    ].filter(({ name }) => timed.some((row) => row.factors[name] !== undefined));
    return {
      columns: [
        { name: 'fitter', label: 'Fitter' },
        ...told,
        { name: 'fit_us_per_voxel', label: 'Time per voxel (µs)' },
        { name: 'voxels_per_s', label: 'Voxels per second' },
        { name: 'prepare_s', label: 'Getting ready (s)' },
        { name: CONCURRENT_CELLS, label: 'Cells at the same time' },
        { name: 'backend', label: 'Backend' },
        { name: 'threads', label: 'Threads' },
        { name: 'cpu', label: 'CPU' },
      ],
      lines: sorted.map(({ first, fit, prepare }) => ({
        values: [
          first.method,
          ...told.map(({ name }) => first.factors[name] ?? null),
          withInterval(fit),
          fit === undefined ? null : 1e6 / fit.value,
          prepare?.value ?? null,
          prepare?.factors[CONCURRENT_CELLS] ?? null,
          first.factors.backend ?? null,
          first.factors.threads ?? null,
          first.factors.cpu ?? null,
        ],
      })),
    };
  },
};
export default table;
