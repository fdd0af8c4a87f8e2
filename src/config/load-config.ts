import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Experiment } from '../contracts/experiment.ts';
import { InputError } from '../contracts/input-error.ts';
import type { Study } from '../contracts/study.ts';
import { experimentNames, loadExperiment, loadFigure, loadTable, type Plugin } from '../plugins/discover.ts';
import { isPath } from '../plugins/kept-name.ts';
import { isOwn } from '../plugins/plugin-failure.ts';
import { anchorPaths } from './anchor-paths.ts';
import { applySetting, parseSetting } from './apply-set.ts';
import { examine } from './check.ts';
import { requireAllowed, withConfigFolder } from './config-folder.ts';
import { faultOfName, namesOfProgram } from './own-names.ts';
import { ownPlugins } from './sections/own-plugins.ts';
import { plainValue, readYaml } from './yaml-text.ts';

export interface LoadOptions {
  /** `path=value` assignments, applied to the config before it is validated. */
  readonly set?: readonly string[];
  /**
   * Whether code that the config names by its path may be loaded: fitters, networks, metrics, tables, figures and experiments
   * of its own. True by default, as for other code that a program is given; the commands ask for `--allow-external`.
   */
  readonly allowCode?: boolean;
}

/**
 * Returns the keys that every config has in addition to those of its experiment.
 * @param ownExperiment whether the config refers to the user's own experiment by its path
 */
export const studyHead = (ownExperiment = false) =>
  z.looseObject({
    experiment: (ownExperiment ? z.string() : z.enum(experimentNames())).describe(
      'name of an experiment, or path of a file that defines one',
    ),
    title: z
      .string()
      .min(1)
      .optional()
      .describe('title of the report; by default the label of the experiment'),
    tables: ownPlugins('table', loadTable)
      .default([])
      .describe('paths of tables of your own, shown besides those of the program'),
    figures: ownPlugins('figure', loadFigure)
      .default([])
      .describe('paths of figures of your own, drawn besides those of the program'),
  });

/**
 * Reads a config: parses YAML into a validated study, fills in defaults, locates fitters and reads protocols.
 * @throws InputError with a line per fault: `file:line:column: key: what was found; what is allowed; the nearest valid word`
 */
export async function loadConfig(file: string, options: LoadOptions = {}): Promise<Study> {
  const { set = [], allowCode = true } = options;
  const settings = set.map(parseSetting);
  const yaml = await readYaml(file);
  for (const setting of settings) {
    anchorPaths(setting);
    applySetting(yaml, setting);
  }
  const where = ({ path, atKey }: { path: readonly PropertyKey[]; atKey: boolean }) =>
    yaml.where(path, atKey);
  const folder = pathToFileURL(resolve(dirname(file)) + '/');

  const whole = plainValue(yaml);
  const headSchema = studyHead(hasOwnExperiment(whole));
  const head = await withConfigFolder(folder, () => examine(headSchema, whole, where), allowCode);
  const named = headSchema.shape.experiment.safeParse((whole as { experiment?: unknown }).experiment);
  if (head.faults && !named.success) throw new InputError(head.faults);
  let experiment: Plugin<Experiment>;
  try {
    experiment = await withConfigFolder(folder, () => experimentOf(named.data!, folder), allowCode);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${yaml.where(['experiment'])}: experiment: ${error.message}`, { cause: error });
  }
  const { name, module, value: asked } = experiment;
  const headKeys = Object.keys(headSchema.shape);
  const rest = without(whole as object, headKeys);
  const places = new Set<string>();
  const body = await withConfigFolder(
    folder,
    () => examine(asked.schema, rest, where, headKeys),
    allowCode,
    places,
  );
  if (head.faults || body.faults) throw new InputError([...(head.faults ?? []), ...(body.faults ?? [])]);
  const { title, tables, figures } = head.data;
  const urls = (plugins: typeof tables) => plugins.map((plugin) => plugin.module);
  return {
    title: title ?? asked.label,
    file,
    experiment: name,
    module: module.href,
    ...(tables.length + figures.length > 0
      ? { views: { tables: urls(tables), figures: urls(figures) } }
      : {}),
    ...(places.size > 0 ? { places: [...places] } : {}),
    config: body.data as Study['config'],
  };
}

/** @throws InputError if the experiment may not be loaded, is none, or has the name of one of the program's */
async function experimentOf(use: string, folder: URL): Promise<Plugin<Experiment>> {
  requireAllowed('experiment', use);
  const plugin = await loadExperiment(use, folder);
  const fault =
    isOwn(plugin.module) &&
    faultOfName({ kind: 'experiment', use, name: plugin.name }, await namesOfProgram('experiment'));
  if (fault) throw new InputError(fault);
  return plugin;
}

const without = (config: object, keys: readonly string[]): object =>
  Object.fromEntries(Object.entries(config).filter(([key]) => !keys.includes(key)));

const hasOwnExperiment = (config: unknown): boolean =>
  typeof config === 'object' &&
  config !== null &&
  'experiment' in config &&
  typeof config.experiment === 'string' &&
  isPath(config.experiment);
