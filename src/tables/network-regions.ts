import type { Table } from '../contracts/table.ts';
import { compareQuantities } from '../contracts/row-order.ts';
import { NETWORK_REGION_DIFFERENCE } from '../measures/network-reader.ts';
import { quantityHeading } from '../measures/quantities.ts';
import { bySession, sessionText } from './reading/session-display.ts';
import { byName } from './reading/series.ts';
import { inRegionOrder, regionText } from './reading/regions.ts';
import { withInterval } from './reading/with-interval.ts';

const table: Table = {
  title: 'Region means by the network and by the readers',
  order: 2.36,
  beside: 'network-reader',
  caption:
    'Region mean by the network less the mean over the readers, in per cent of the mean of the latter over people: means over people with Student’s 95 % interval.',
  build(rows) {
    const found = rows.filter(({ metric }) => metric === NETWORK_REGION_DIFFERENCE.name);
    if (found.length === 0) return null;
    const regions = inRegionOrder(rows, [...new Set(found.map(({ factors }) => String(factors.region)))]);
    const keys = new Map(
      found.map(({ method, parameter, factors: { session } }) => [
        JSON.stringify([parameter, session, method]),
        { method, parameter, session: String(session) },
      ]),
    );
    const lines = [...keys.values()].sort(
      (a, b) =>
        compareQuantities(a.parameter, b.parameter) ||
        bySession(a.session, b.session) ||
        byName(a.method, b.method),
    );
    return {
      columns: [
        { name: 'parameter', label: 'Parameter' },
        { name: 'session', label: 'Field' },
        { name: 'fitter', label: 'Fitter' },
        ...regions.map((region) => ({ name: region, label: `${regionText(region)} (%)`, digits: 2 })),
      ],
      lines: lines.map(({ method, parameter, session }) => ({
        values: [
          { raw: parameter, shown: quantityHeading(parameter) },
          { raw: session, shown: sessionText(session) },
          method,
          ...regions.map((region) =>
            withInterval(
              found.find(
                (row) =>
                  row.method === method &&
                  row.parameter === parameter &&
                  row.factors.session === session &&
                  row.factors.region === region,
              ),
            ),
          ),
        ],
      })),
    };
  },
};
export default table;
