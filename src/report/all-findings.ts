import type { StoredRun } from '../contracts/stored-run.ts';
import { importModule } from '../plugins/import-module.ts';
import { namesIn } from '../plugins/discover.ts';
import { moduleExtension } from '../plugins/places.ts';
import { atOneProtocol, type ChosenProtocol } from '../tables/reading/at-one-protocol.ts';
import { configOf } from '../tables/reading/config-of.ts';
import type { Finding, FindingSource } from './finding.ts';

const FOLDER = new URL('./findings/', import.meta.url);

/** What is reported elsewhere and what this run found, in the order of the findings; empty for experiments that none speaks of. */
export async function allFindings(run: StoredRun): Promise<Finding[]> {
  const sources = await Promise.all(
    namesIn(FOLDER, moduleExtension).map(async (name) => {
      const module = await importModule(new URL(name + moduleExtension, FOLDER), `finding ${name}`);
      return module.default as FindingSource;
    }),
  );
  return sources
    .sort((a, b) => a.order - b.order)
    .filter(({ unless }) => unless === undefined || !experimentOf(run, unless))
    .flatMap(({ experiments, find }) => {
      const own = experiments.map((name) => experimentOf(run, name)).find((part) => part !== undefined);
      return own ? [ofExperiment(own, find)] : [];
    });
}

/** Published values are of one protocol, so a run with several is looked at under one. */
function ofExperiment(run: StoredRun, find: FindingSource['find']): Finding {
  if (run.manifest.experiment !== 'phantom') return find(run);
  const part = { ...run, ...atOneProtocol(run) };
  return { ...find(part), ...(part.chosen && { where: whereOf(part.chosen) }) };
}

/** Names the protocol, since the tables show others as well. */
const whereOf = ({ name, isStudys }: ChosenProtocol): string =>
  isStudys
    ? `At ${name}, the study’s protocol:`
    : `At ${name}, the first protocol of this run, which lacks the study’s:`;

/**
 * The part of a run that belongs to one experiment: the run itself, or, where it combines several experiments, the rows and the
 * config of this one. Undefined where there is none.
 */
function experimentOf(run: StoredRun, experiment: string): StoredRun | undefined {
  const { manifest } = run;
  if (manifest.experiment === experiment) return run;
  const rows = run.rows.filter((row) => row.experiment === experiment);
  if (rows.length === 0) return undefined;
  return { ...run, rows, manifest: { ...manifest, experiment, config: configOf(manifest, experiment) } };
}
