import type { ListName } from '../command-line/list.ts';
import * as plugins from '../plugins/discover.ts';
import { printJson, printResult } from '../terminal/print.ts';
import { oneLine } from '../wording/visible-text.ts';

/** What one line of a list says, the first field being the name that YAML uses. */
type Entry = Readonly<Record<string, string | readonly number[]>>;

const lists: Record<ListName, () => Promise<Entry[]>> = {
  fitters: () =>
    described(plugins.fitterNames(), plugins.loadFitter, ({ label, source }) => ({ label, source })),
  experiments: () =>
    described(plugins.experimentNames(), plugins.loadExperiment, ({ label, question }) => ({
      label,
      question,
    })),
  metrics: () =>
    described(plugins.metricNames(), plugins.loadMetric, ({ label, definition }) => ({ label, definition })),
  figures: () =>
    described(plugins.figureNames(), plugins.loadFigure, ({ title, caption }) => ({ title, caption })),
  tables: () =>
    described(plugins.tableNames(), plugins.loadTable, ({ title, caption }) => ({ title, caption })),
  async protocols() {
    // Here, since the other lists need no YAML.
    const { readProtocol } = await import('../config/read-protocol.ts');
    return Promise.all(
      plugins.protocolNames().map(async (name) => {
        const { bValues, source } = await readProtocol(name);
        return { name, bValues, source };
      }),
    );
  },
};

/** Prints a list: aligned columns for people, all fields for programs. */
export async function list(what: ListName, { json }: { json: boolean }): Promise<number> {
  const entries = await lists[what]();
  if (json) {
    printJson(entries);
    return 0;
  }
  const rows = entries.map((entry) =>
    Object.values(entry).map((value) => oneLine(Array.isArray(value) ? value.join(' ') : String(value))),
  );
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column].length)));
  for (const [name, second, third] of rows) {
    printResult(`${name.padEnd(widths[0])}  ${second.padEnd(widths[1])}  ${third}`.trimEnd());
  }
  return 0;
}

function described<T>(
  names: readonly string[],
  load: (name: string) => Promise<plugins.Plugin<T>>,
  describe: (value: T) => Entry,
): Promise<Entry[]> {
  return Promise.all(names.map(async (name) => ({ name, ...describe((await load(name)).value) })));
}
