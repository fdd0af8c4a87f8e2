import type { Row, Table } from 'ivim-bench';

/** One line per parameter and SNR, one column per fitter. */
export default {
  title: 'Voxels within 20 % of the truth',
  caption: 'Share of the voxels that did not fail, with its 95 % bootstrap interval.',
  order: 2,
  build(rows) {
    const shown = rows.filter((row) => row.metric === 'my_metric');
    if (shown.length === 0) return null;
    const fitters = [...new Set(shown.map((row) => row.method))].sort();
    const lineOf = (row: Row) => `${row.parameter} ${row.factors['snr']}`;
    const lines = [...new Map(shown.map((row) => [lineOf(row), row])).values()];
    return {
      columns: [
        { name: 'parameter', label: 'Parameter' },
        { name: 'snr', label: 'SNR' },
        ...fitters.map((name) => ({ name, label: name, decimals: 2 })),
      ],
      lines: lines.map((line) => {
        const values = fitters.map((fitter) => {
          const row = shown.find((each) => each.method === fitter && lineOf(each) === lineOf(line));
          return row ? { value: row.value, low: row.ciLow, high: row.ciHigh } : null;
        });
        return { values: [line.parameter, line.factors['snr'], ...values] };
      }),
    };
  },
} satisfies Table;
