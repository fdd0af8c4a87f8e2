import type { Table } from '../contracts/table.ts';
import { MISSING } from '../measures/regions.ts';
import { regionText } from './reading/regions.ts';
import { sessionText } from './reading/session-display.ts';

const LEFT_OUT: Readonly<Record<string, string>> = {
  session: 'the session',
  drawing: 'all regions of this reader',
  region: 'the region',
  voxels: 'some voxels',
};

const table: Table = {
  title: 'Missing data',
  order: 0,
  caption:
    'Everything that is missing or unusable, and what was left out because of it. The rest was analysed.',
  build(rows) {
    const missing = rows.filter(({ metric }) => metric === MISSING.name);
    if (missing.length === 0) return null;
    return {
      columns: [
        { name: 'subject', label: 'Subject' },
        { name: 'session', label: 'Session' },
        { name: 'reader', label: 'Reader' },
        { name: 'region', label: 'Region' },
        { name: 'leaves_out', label: 'Left out' },
        { name: 'what', label: 'What is wrong' },
      ],
      lines: missing.map(({ factors }) => {
        const text = (name: string) => (factors[name] === undefined ? null : String(factors[name]));
        const [session, region, leaves] = [text('session'), text('region'), text('leaves_out')];
        return {
          values: [
            text('subject'),
            session === null ? null : { raw: session, shown: sessionText(session) },
            text('reader'),
            region === null ? null : { raw: region, shown: regionText(region) },
            leaves === null ? null : { raw: leaves, shown: LEFT_OUT[leaves] ?? leaves },
            text('what'),
          ],
        };
      }),
    };
  },
};
export default table;
