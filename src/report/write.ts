import { join } from 'node:path';
import type { StoredRun } from '../contracts/stored-run.ts';
import type { OwnViews } from '../contracts/study.ts';
import { refuseLinks } from '../files/real-folders.ts';
import { renderPage } from './page/page.ts';
import { writeFigures } from './write-figures.ts';
import { writeTables } from './write-tables.ts';
import { writeWhole } from '../files/write-whole.ts';

/**
 * Writes the tables, figures and report of a run into its folder. The same run gives the same bytes.
 * @param own the user's tables and figures, in addition to those of the program
 * @throws InputError before anything is written where one of their folders is a link; Error naming the tables that could not be built and the figures that could not be drawn, after everything else has been written
 */
export async function writeReport(run: StoredRun, dir: string, own?: OwnViews): Promise<void> {
  for (const folder of ['tables', 'figures']) refuseLinks(dir, folder);
  const tables = await writeTables(run, join(dir, 'tables'), own?.tables);
  const figures = await writeFigures(run, join(dir, 'figures'), own?.figures);
  await writeWhole(join(dir, 'report.html'), await renderPage({ run, tables, figures }));
  const failures = [...tables, ...figures].flatMap(({ failure }) => failure ?? []);
  if (failures.length > 0) throw new Error(failures.join('\n'));
}
