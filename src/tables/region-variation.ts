import { TRUTH, type Row } from '../contracts/metric.ts';
import type { Table } from '../contracts/table.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { CV_PERCENT } from '../measures/agreement.ts';
import { inRegionOrder, regionText } from './reading/regions.ts';
import { byName } from './reading/series.ts';
import { bySession, sessionText } from './reading/session-display.ts';
import { withInterval } from './reading/with-interval.ts';

const table: Table = {
  title: 'Variation between people by region',
  order: 2.4,
  beside: 'subject-variation',
  caption:
    'Coefficient of variation (%) of region means between people, averaged over readers, with a 95 % jackknife interval over people.',
  build(rows) {
    const shown = rows.filter(
      ({ metric, factors }) => metric === CV_PERCENT.name && factors.region !== undefined,
    );
    if (shown.length === 0) return null;
    const last = (fitter: string) => Number(fitter === TRUTH);
    const fitters = [...new Set(shown.map(({ method }) => method))].sort(
      (a, b) => last(a) - last(b) || byName(a, b),
    );
    const of = (row: Row, factor: string) => String(row.factors[factor] ?? '');
    const sessions = [...new Set(shown.map((row) => of(row, 'session')))].sort(bySession);
    const regions = inRegionOrder(
      rows,
      shown.map((row) => of(row, 'region')),
    );
    const lines = PARAMETERS.flatMap((parameter) =>
      sessions.flatMap((session) =>
        regions.flatMap((region) => {
          const ofLine = shown.filter(
            (row) =>
              row.parameter === parameter && of(row, 'session') === session && of(row, 'region') === region,
          );
          if (ofLine.length === 0) return [];
          const named = [
            parameter,
            { raw: session, shown: sessionText(session) },
            { raw: region, shown: regionText(region) },
          ];
          const values = fitters.map((fitter) => {
            const row = ofLine.find((each) => each.method === fitter);
            return withInterval(row);
          });
          return [{ values: [...named, Math.max(...ofLine.map(({ n }) => n)), ...values] }];
        }),
      ),
    );
    return {
      columns: [
        { name: 'parameter', label: 'Parameter' },
        { name: 'session', label: 'Field' },
        { name: 'region', label: 'Region' },
        { name: 'people', label: 'People' },
        ...fitters.map((name) => ({ name, label: name })),
      ],
      lines,
    };
  },
};
export default table;
