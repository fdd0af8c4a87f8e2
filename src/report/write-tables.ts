import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredRun } from '../contracts/stored-run.ts';
import type { Table, TableContent } from '../contracts/table.ts';
import { tableNames } from '../plugins/discover.ts';
import { importModule } from '../plugins/import-module.ts';
import { moduleExtension, moduleFolders } from '../plugins/places.ts';
import { toCsv } from '../tables/writing/csv.ts';
import { toMarkdown } from '../tables/writing/markdown.ts';
import { writeWhole } from '../files/write-whole.ts';

export interface BuiltTable {
  readonly name: string;
  readonly table: Table;
  readonly content: TableContent;
}

/** Builds every table of the program whose rows are there and writes it into `dir`; one left from before goes away. */
export async function writeTables(run: StoredRun, dir: string): Promise<BuiltTable[]> {
  const built: BuiltTable[] = [];
  for (const name of tableNames()) {
    const table = await loadTable(name);
    const content = table.build(run.rows, run.manifest);
    const [csv, markdown] = [join(dir, `${name}.csv`), join(dir, `${name}.md`)];
    if (content === null) {
      await Promise.all([csv, markdown].map((file) => rm(file, { force: true })));
      continue;
    }
    await writeWhole(csv, toCsv(content));
    if (!table.csvOnly) await writeWhole(markdown, toMarkdown(table, content));
    built.push({ name, table, content });
  }
  return built;
}

async function loadTable(name: string): Promise<Table> {
  const module = new URL(name + moduleExtension, moduleFolders.table);
  const { default: table } = await importModule(module, `table ${name}`);
  return table as Table;
}
