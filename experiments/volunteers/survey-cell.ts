import type { Cell, CellResult, RunContext } from '../../src/contracts/experiment.ts';
import type { VolunteersConfig } from './config.ts';
import { openDataSet } from './data-set.ts';
import { missingRow } from './missing-row.ts';
import { volunteersRow } from './rows.ts';

/** Counts what the data set has, and lists what it lacks as far as names, headers and tables tell. */
export async function surveyCell(
  _cell: Cell,
  config: VolunteersConfig,
  context: RunContext,
): Promise<CellResult> {
  const cohort = await openDataSet(config, context);
  const { subjects, sessions, readers, regions, missing, notes } = cohort;
  const counts = { subjects: subjects.length, sessions: sessions.length };
  const named = { readers: readers.length, regions: regions.length, missing: missing.length };
  return {
    rows: [
      ...Object.entries({ ...counts, ...named }).map(([metric, value]) =>
        volunteersRow({ method: '', metric: `count_${metric}`, value, n: value }),
      ),
      // Tables and figures list regions in the order of the data set.
      ...regions.map((region, i) =>
        volunteersRow({ method: '', factors: { region }, metric: 'region_order', value: i + 1, n: 1 }),
      ),
      ...missing.map(missingRow),
    ],
    notes: [...missing.map(({ text }) => `missing: ${text}`), ...notes],
  };
}
