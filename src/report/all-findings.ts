import type { StoredRun } from '../contracts/stored-run.ts';
import { importModule } from '../plugins/import-module.ts';
import { namesIn } from '../plugins/discover.ts';
import { moduleExtension } from '../plugins/places.ts';
import { hasPublishedSetting } from '../tables/published/study-setting.ts';
import { atOneProtocol, type ChosenProtocol } from '../tables/reading/at-one-protocol.ts';
import { partOf } from '../tables/reading/part-of.ts';
import type { Against, Finding, FindingSource } from './finding.ts';

const FOLDER = new URL('./findings/', import.meta.url);

/** A finding of a run, and its place in the report. */
export interface PlacedFinding extends Finding {
  readonly experiment: string;
  readonly against: Against;
  /** Whether the experiment has the tissue and the b-values of the reported values, so that the two are comparable. */
  readonly comparable: boolean;
  readonly general: boolean;
}

/** Returns reported values and those of this run, in the order of the findings; empty if none applies to the experiments. */
export async function allFindings(run: StoredRun): Promise<PlacedFinding[]> {
  const sources = await allSources();
  return sources
    .filter(({ unless }) => unless === undefined || !partOf(run, unless))
    .flatMap(({ experiments, against, general = false, find, when }) => {
      const name = experiments.find((experiment) => partOf(run, experiment) !== undefined);
      if (name === undefined) return [];
      const { part, where } = partToCompare(run, name);
      if (when?.(part) === false) return [];
      return [
        {
          ...find(part),
          ...(where === undefined ? {} : { where }),
          experiment: name,
          against,
          comparable: hasPublishedSetting(name, part.manifest.config),
          general,
        },
      ];
    });
}

/** Returns the answer to the question of an experiment in one sentence; undefined if there is none. */
export async function answerOf(run: StoredRun, experiment: string): Promise<string | undefined> {
  const source = (await allSources()).find(
    ({ experiments, answer }) => answer !== undefined && experiments.includes(experiment),
  );
  if (!source || !partOf(run, experiment)) return undefined;
  const { part, where } = partToCompare(run, experiment);
  const answer = source.answer!(part);
  return answer === undefined || where === undefined ? answer : `${where} ${answer}`;
}

async function allSources(): Promise<FindingSource[]> {
  const sources = await Promise.all(
    namesIn(FOLDER, moduleExtension).map(async (name) => {
      const module = await importModule(new URL(name + moduleExtension, FOLDER), `finding ${name}`);
      return module.default as FindingSource;
    }),
  );
  return sources.sort((a, b) => a.order - b.order);
}

/** Published values are for one protocol, so one of those of a phantom run is compared. */
function partToCompare(run: StoredRun, experiment: string): { part: StoredRun; where?: string } {
  const part = partOf(run, experiment)!;
  if (part.manifest.experiment !== 'phantom') return { part };
  const { chosen, ...one } = atOneProtocol(part);
  return { part: { ...part, ...one }, ...(chosen && { where: whereOf(chosen) }) };
}

/** Names the protocol, since the tables show others as well. */
const whereOf = ({ name, isStudys }: ChosenProtocol): string =>
  isStudys
    ? `At ${name}, the study’s protocol:`
    : `At ${name}, the first protocol of this run, which lacks the study’s:`;
