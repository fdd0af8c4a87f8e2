import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadConfig } from '../config/load-config.ts';
import { missingFiles } from '../external/command-words.ts';
import { planCells } from '../runner/plan-cells.ts';
import { printJson, printResult } from '../terminal/print.ts';
import { counted } from '../wording/counted.ts';
import { oneLine } from '../wording/visible-text.ts';
import { printRemarks, studyRemarks } from './study-remarks.ts';

export interface ValidateOptions {
  readonly set: readonly string[];
  readonly json?: boolean;
  readonly allowExternal?: boolean;
}

/** Reports that a config is valid and what a run of it would do, or prints it in full. */
export async function validate(
  config: string,
  { set, json, allowExternal = false }: ValidateOptions,
): Promise<number> {
  const study = await loadConfig(config, { set, allowCode: allowExternal });
  // Planned as for a run, since an experiment may find inconsistent sections only then.
  const cells = (await planCells(study)).length;
  const remarks = await studyRemarks(study);
  const fitters = (study.config.fitters ?? []).map(({ name }) => name);
  const facts = [
    `experiment ${study.experiment}`,
    ...(fitters.length > 0 ? [`fitters ${fitters.join(', ')}`] : []),
    `${counted(cells, 'cell')} to do`,
  ];
  const programs = (study.config.fitters ?? []).filter(({ external }) => external !== undefined);
  if (programs.length > 0) {
    const commands = programs.map(({ name, external }) => `${name}: ${external!.join(' ')}`);
    facts.push(`a run starts programs (with --allow-external): ${commands.join(', ')}`);
    const beside = pathToFileURL(`${dirname(resolve(config))}/`);
    const missing = programs.flatMap(({ external }) => missingFiles(external!, beside));
    if (missing.length > 0) facts.push(`not there, if they are files: ${[...new Set(missing)].join(', ')}`);
  }
  if (json) {
    printJson({ ...study, ...remarks });
  } else {
    printRemarks(remarks);
    printResult(oneLine(`${config}: valid; ${facts.join('; ')}`));
  }
  return 0;
}
