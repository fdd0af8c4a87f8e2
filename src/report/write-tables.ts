import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredRun } from '../contracts/stored-run.ts';
import type { Table, TableContent } from '../contracts/table.ts';
import { loadTable, tableNames, type Plugin } from '../plugins/discover.ts';
import { isOwn, pluginFailure } from '../plugins/plugin-failure.ts';
import { csvPieces } from '../tables/writing/csv.ts';
import { toMarkdown } from '../tables/writing/markdown.ts';
import { checkedTable } from './checked-table.ts';
import { writeWhole } from '../files/write-whole.ts';

/** A table of a run, without lines if it is CSV only; without content it has the reason in `failure`. */
export interface BuiltTable {
  readonly name: string;
  readonly table: Table;
  readonly content?: TableContent;
  readonly failure?: string;
}

const EXTENSIONS = ['.csv', '.md'] as const;
type Texts = Partial<Record<(typeof EXTENSIONS)[number], string | readonly string[]>>;

/**
 * Builds every table of the program for which the run has rows, and writes it into `dir`; other tables are removed from it. A table
 * that can't be built is returned with its failure, and its earlier files are removed; the others are not affected.
 * @param own `file:` URLs of tables of the user's
 */
export async function writeTables(
  run: StoredRun,
  dir: string,
  own: readonly string[] = [],
): Promise<BuiltTable[]> {
  const built: BuiltTable[] = [];
  for (const use of [...tableNames(), ...own]) {
    const plugin = await loadTable(use);
    const { name, value: table } = plugin;
    const { texts = {}, ...result } = build(plugin, run);
    for (const extension of EXTENSIONS) {
      const file = join(dir, name + extension);
      const text = texts[extension];
      if (text === undefined) await rm(file, { force: true });
      else await writeWhole(file, text);
    }
    if (result.content ?? result.failure) built.push({ name, table, ...result });
  }
  return built;
}

/** Empty if the run has no rows for the table. */
function build(
  plugin: Plugin<Table>,
  { rows, manifest }: StoredRun,
): { content?: TableContent; texts?: Texts; failure?: string } {
  const { value: table } = plugin;
  try {
    // Others go on with the same rows: one of the user's is given rows of its own, which it may sort or change.
    const given = isOwn(plugin.module) ? structuredClone(rows) : rows;
    const content = checkedTable(table.build(given, manifest));
    if (content === null) return {};
    const csv = csvPieces(content);
    // Tables that are only CSV are the long ones: their lines are not kept.
    if (table.csvOnly) return { content: { ...content, lines: [] }, texts: { '.csv': csv } };
    return { content, texts: { '.csv': csv, '.md': toMarkdown(table, content) } };
  } catch (error) {
    return { failure: pluginFailure('table', plugin.module, error, manifest.title) };
  }
}
