import type { ListName } from '../command-line/list.ts';
import { describeKeys, type KeyDescription } from '../config/describe-keys.ts';
import type { Fitter } from '../contracts/fitter.ts';
import type { Metric, MetricFamily } from '../contracts/metric.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import * as plugins from '../plugins/discover.ts';
import { isPath } from '../plugins/kept-name.ts';
import { metricsOf } from '../plugins/metrics-of.ts';
import { needsOf } from '../plugins/needs-of.ts';
import { printJson, printResult } from '../terminal/print.ts';
import { oneLine } from '../wording/visible-text.ts';

type Words = readonly (string | number)[];

/**
 * The fields of an entry, in the order in which they are printed; `name` is the name in YAML. The overview shows the first
 * three, `--json` and the description of a single entry show all.
 */
interface Entry {
  readonly name: string;
  readonly [field: string]: string | Words | readonly KeyDescription[];
}

interface Listing {
  readonly names: () => string[];
  /**
   * Returns the entry of that name; for the file of a family of metrics, one entry per metric.
   * @throws InputError if there is no entry of that name
   */
  readonly describe: (name: string) => Promise<readonly Entry[]>;
}

const lists: Record<ListName, Listing> = {
  fitters: listing(plugins.fitterNames, plugins.loadFitter, fitterFields),
  experiments: listing(plugins.experimentNames, plugins.loadExperiment, ({ label, question, schema }) => ({
    label,
    question,
    keys: describeKeys(schema),
  })),
  metrics: { names: plugins.metricNames, describe: describeMetric },
  models: listing(plugins.modelNames, plugins.loadModel, ({ label, source, settings }) => ({
    label,
    source,
    settings: describeKeys(settings),
  })),
  figures: listing(plugins.figureNames, plugins.loadFigure, ({ title, caption }) => ({ title, caption })),
  tables: listing(plugins.tableNames, plugins.loadTable, ({ title, caption }) => ({ title, caption })),
  protocols: {
    names: plugins.protocolNames,
    async describe(name) {
      // Imported here, since the other lists need no YAML.
      const { readProtocol } = await import('../config/read-protocol.ts');
      const { bValues, source, notes } = await readProtocol(name);
      return [{ name, bValues, source, ...(notes === undefined ? {} : { notes }) }];
    },
  },
};

/**
 * Prints a list, or all fields of one entry if its name is given: text for people, JSON for programs.
 * @throws InputError if there is no such entry
 */
export async function list(
  what: ListName,
  name: string | undefined,
  { json }: { json: boolean },
): Promise<number> {
  const { names, describe } = lists[what];
  if (name !== undefined) {
    const found = await describe(name);
    if (json) printJson(found.length === 1 ? found[0] : found);
    else printResult(found.map(description).join('\n'));
    return 0;
  }
  const entries = (await Promise.all(names().map(describe))).flat();
  if (json) printJson(entries);
  else printResult(overview(entries));
  return 0;
}

function listing<T>(
  names: () => string[],
  load: (name: string) => Promise<plugins.Plugin<T>>,
  fields: (value: T) => Omit<Entry, 'name'>,
): Listing {
  return {
    names,
    describe: async (nameOrPath) => {
      const { name, value } = await load(nameOrPath);
      return [{ name, ...fields(value) }];
    },
  };
}

/** Describes the metrics of a file, given by its name or path, or one metric of a family, given by the name of its rows. */
async function describeMetric(nameOrPath: string): Promise<Entry[]> {
  const rowName = nameOrPath.replaceAll('-', '_');
  const isFile = isPath(nameOrPath) || plugins.metricNames().includes(nameOrPath);
  if (isFile) return metricEntries(await plugins.loadMetric(nameOrPath));
  const kept = await Promise.all(plugins.metricNames().map((name) => plugins.loadMetric(name)));
  const entry = kept.flatMap(metricEntries).find(({ name }) => name === rowName);
  return entry ? [entry] : metricEntries(await plugins.loadMetric(nameOrPath));
}

const metricEntries = (plugin: plugins.Plugin<Metric | MetricFamily>): Entry[] =>
  [...metricsOf(plugin)].map(([name, metric]) => ({
    name,
    label: metric.label,
    definition: metric.definition,
    units: PARAMETERS.map((parameter) => `${parameter}: ${metric.unit(parameter) || 'none'}`),
    needs: metric.needs === 'intervals' ? ['standard deviations or quantiles from the fitter'] : [],
  }));

function fitterFields(fitter: Fitter): Omit<Entry, 'name'> {
  const { label, source, settings, estimates = PARAMETERS, estimatesS0, givesIntervals } = fitter;
  return {
    label,
    source,
    estimates: [...estimates, ...(estimatesS0 ? ['S0'] : [])],
    needs: needsInWords(fitter),
    gives: givesIntervals ? ['standard deviations and 95 % intervals without --intervals'] : [],
    settings: settings ? describeKeys(settings) : [],
  };
}

/** Lists what a fitter needs with its default settings, in addition to the signals. */
function needsInWords(fitter: Fitter): string[] {
  const defaults = fitter.settings?.safeParse({});
  const needs = needsOf(fitter, defaults?.success ? defaults.data : {});
  return [
    fitter.checkProtocol ? 'b-values that suit its settings' : 'four different b-values',
    ...(fitter.estimatesS0 ? [] : ['b=0, or a lowest b-value up to 10 s/mm²']),
    ...(needs.includes('sigma') ? ['the noise level (estimated by fit without --sigma or --snr)'] : []),
    ...(needs.includes('tissue') ? ['the distribution of the tissue (data.tissue, or --tissue)'] : []),
    ...(needs.includes('allVoxels') ? ['all voxels to be fitted, to estimate its prior from'] : []),
    ...(fitter.trains === 'on given voxels'
      ? ['training voxels (training in a config; in fit, --model or the voxels to be fitted)']
      : []),
    ...(fitter.trains === 'on its own voxels' && !fitter.forAnyProtocol
      ? ['training on voxels it simulates (or --model)']
      : []),
  ];
}

/** Formats name and two more fields of each entry in aligned columns. */
function overview(entries: readonly Entry[]): string {
  const rows = entries.map((entry) => Object.values(entry).slice(0, 3).map(inline));
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column].length)));
  return rows
    .map(([name, second, third = '']) =>
      `${name.padEnd(widths[0])}  ${second.padEnd(widths[1])}  ${third}`.trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

const inline = (value: Entry[string]): string =>
  oneLine(typeof value === 'string' ? value : isKeys(value) ? '' : value.join(' '));

const MARGIN = 13;
const WIDTH = 110;

/** Formats all fields of an entry, one paragraph each, followed by keys with their defaults. */
function description({ name, ...fields }: Entry): string {
  const parts: string[] = [`${name}\n`];
  const keys: string[] = [];
  for (const [field, value] of Object.entries(fields)) {
    if (value.length === 0) continue;
    if (typeof value === 'string') parts.push(hanging(field.padEnd(MARGIN), value));
    else if (isKeys(value)) keys.push(`\n${field}\n`, ...value.map(keyText));
    else parts.push(hanging(field.padEnd(MARGIN), value.join(SEPARATORS[field] ?? ', ')));
  }
  return [...parts, ...keys].join('');
}

/** Separators between the items of a field, if not a comma. */
const SEPARATORS: Readonly<Record<string, string>> = { bValues: ' ', needs: '; ' };

const isKeys = (value: Words | readonly KeyDescription[]): value is readonly KeyDescription[] =>
  value.some((each) => typeof each === 'object');

function keyText({ path, allowed, required, default: value, description }: KeyDescription): string {
  const without = value === undefined ? '' : `; default ${JSON.stringify(value)}`;
  const head = `  ${path}: ${allowed}${required ? '; required' : without}\n`;
  return head + hanging('    ', description);
}

/** Wraps text with a hanging indent, after a label. */
function hanging(label: string, text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    if (line !== '' && line.length + word.length + label.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map((line, i) => `${i === 0 ? label : ' '.repeat(label.length)}${line}\n`).join('');
}
