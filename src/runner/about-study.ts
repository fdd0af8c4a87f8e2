import type { AboutExperiment, RunManifest } from '../contracts/stored-run.ts';
import type { Study } from '../contracts/study.ts';
import { loadExperiment, loadFitter } from '../plugins/discover.ts';

/** What the experiments and fitters of a study say about themselves, for its record and its report. */
export async function aboutStudy({
  experiment: name,
  module,
  config,
}: Study): Promise<Required<Pick<RunManifest, 'about' | 'fitterLabels'>>> {
  const { value: experiment } = await loadExperiment(module);
  const sections = experiment.sections?.(config) ?? [{ name, experiment }];
  const labels = (config.fitters ?? []).map(
    async (entry) => [entry.name, (await loadFitter(entry.module)).value.label] as const,
  );
  return {
    about: sections.map(({ name, experiment: { label, question, method } }): AboutExperiment => ({
      ...{ name, label, question },
      ...(method === undefined ? {} : { method }),
    })),
    fitterLabels: Object.fromEntries(await Promise.all(labels)),
  };
}
