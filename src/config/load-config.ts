import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Study } from '../contracts/study.ts';
import { experimentNames, loadExperiment } from '../plugins/discover.ts';
import { anchorPaths } from './anchor-paths.ts';
import { applySetting, parseSetting } from './apply-set.ts';
import { check } from './check.ts';
import { withConfigFolder } from './config-folder.ts';
import { plainValue, readYaml } from './yaml-text.ts';

export interface LoadOptions {
  /** `path=value`, each put into the config before it is validated. */
  readonly set?: readonly string[];
}

/** The two keys every config has besides those of its experiment. */
export const studyHead = () =>
  z.looseObject({
    experiment: z.enum(experimentNames()).describe('the question to ask'),
    title: z
      .string()
      .min(1)
      .optional()
      .describe('heading of the report; by default the label of the experiment'),
  });

/**
 * Reads a config: YAML to a validated study with every default filled in, fitters found and protocols read.
 * @throws InputError `file:line:column: key: what was found; what is allowed; the nearest valid word`
 */
export async function loadConfig(file: string, options: LoadOptions = {}): Promise<Study> {
  const settings = (options.set ?? []).map(parseSetting);
  const yaml = await readYaml(file);
  for (const setting of settings) {
    anchorPaths(setting);
    applySetting(yaml, setting);
  }
  const where = ({ path, atKey }: { path: readonly PropertyKey[]; atKey: boolean }) =>
    yaml.where(path, atKey);

  const { experiment, title, ...rest } = await check(studyHead(), plainValue(yaml), where);
  const { value: asked } = await loadExperiment(experiment);
  const folder = pathToFileURL(resolve(dirname(file)) + '/');
  const config = await withConfigFolder(folder, () => check(asked.schema, rest, where));
  return { title: title ?? asked.label, file, experiment, config: config as Study['config'] };
}
