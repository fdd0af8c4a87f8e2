import type { ZodType } from 'zod';
import { cellOf, type Cell, type Task } from '../contracts/cell.ts';
import type { Experiment, Section } from '../contracts/experiment.ts';
import type { FitterEntry } from '../contracts/study.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { fitterOf } from '../preparation/fitter-in-use.ts';
import { trains } from '../preparation/learning.ts';
import { deriveSeed } from '../random/seed.ts';
import type { SimulatedConfig } from '../simulated/config.ts';
import { simulatedStudy } from '../simulated/study.ts';
import { planPreparation } from '../simulated/preparation.ts';
import { testDataOf } from '../simulated/voxels.ts';
import { conditionName, type Condition, type PlannedCondition } from './condition.ts';
import { finishedRun, type ConditionRuns } from './finished-run.ts';
import type { Summary } from './measures.ts';
import { train } from './train.ts';

export type RepeatedConfig = SimulatedConfig & { readonly runs: number };

/** An experiment that trains networks several times under each of its conditions. */
export interface RepeatedTrainings<C extends RepeatedConfig> {
  /** The name of its file. */
  readonly name: string;
  readonly label: string;
  readonly question: string;
  /** See `Experiment.method`. */
  readonly method: string;
  readonly schema: ZodType<C>;
  /** See `Experiment.section`. */
  readonly section: Section;
  /** In order of decreasing training time, so that no long training is left for the end. */
  readonly conditions: (config: C) => readonly PlannedCondition[];
  /** Whether the comparison uses estimates. */
  readonly keepEstimates?: boolean;
  /** Compares all runs of one fitter: created by `compareTask`, and exported by the experiment's file as `compare`. */
  readonly compare: Task<CompareInput>;
}

/** The input of the cell that compares the runs of a fitter. */
export interface CompareInput {
  readonly fitter: string;
  readonly conditions: readonly Condition[];
  /** Number of runs of each condition. */
  readonly runs: readonly number[];
}

/**
 * Creates the task that compares all runs of one fitter.
 * @param module `import.meta.url` of the experiment's file, which exports the task as `compare`
 */
export function compareTask(
  module: string,
  experiment: string,
  summarise: (conditions: readonly ConditionRuns[]) => readonly Summary[] | Promise<readonly Summary[]>,
): Task<CompareInput> {
  return {
    module,
    name: 'compare',
    async run({ fitter, conditions, runs }, context) {
      const finished = await Promise.all(
        conditions.map(async (condition, i) => ({
          condition,
          runs: await Promise.all(
            Array.from({ length: runs[i] }, (_, r) => finishedRun(context, needName(i, r + 1), r + 1)),
          ),
        })),
      );
      const summaries = await summarise(finished);
      return {
        rows: summaries.map((summary) => ({
          experiment,
          method: fitter,
          factors: {},
          parameter: '',
          ciLow: NaN,
          ciHigh: NaN,
          unit: '',
          ...summary,
        })),
      };
    },
  };
}

/** The name under which a comparison reads a run. */
const needName = (condition: number, run: number): string => `condition ${condition + 1} run ${run}`;

/** Seed of one training. It does not depend on the condition, so runs of the same number start alike. */
const runSeed = (seed: number, fitter: string, run: number): number =>
  deriveSeed(seed, 'prepare', fitter, 'repeat', run);

/** Creates an experiment with one cell per training, and one per fitter that compares them. */
export function repeatedTrainings<C extends RepeatedConfig>(study: RepeatedTrainings<C>): Experiment<C> {
  const { label, question, method, schema, section } = study;
  return {
    label,
    question,
    method,
    schema,
    section,
    async plan(config) {
      const planned = await Promise.all(config.fitters.map((entry) => planFitter(study, config, entry)));
      return planned.flat();
    },
    ...simulatedStudy<C>((config) => new Map([['', config]])),
  };
}

async function planFitter<C extends RepeatedConfig>(
  { name, conditions, keepEstimates = false, compare }: RepeatedTrainings<C>,
  config: C,
  { name: fitterName, module }: FitterEntry,
): Promise<Cell[]> {
  const fitter = await fitterOf({ module });
  // A fitter that does not train gives the same estimates every time.
  const runs = trains(fitter) ? config.runs : 1;
  const trainings: Cell[] = [];
  const needs: Record<string, string> = {};
  const compared: Condition[] = [];
  for (const [i, condition] of conditions(config).entries()) {
    const { config: own, factors, reference, training, all } = condition;
    const entry = own.fitters.find((candidate) => candidate.name === fitterName)!;
    const protocol = { bValues: own.protocol.bValues };
    const data = testDataOf(own);
    compared.push({ factors, protocol, data, ...(reference ? { reference } : {}) });
    for (let run = 1; run <= runs; run++) {
      const preparation = await planPreparation(own, entry, {
        seed: runSeed(config.seed, fitterName, run),
        ...(training ? { training: typeof training === 'function' ? training(run) : training } : {}),
        // A network shipped with the program would be the same every time.
        ignoreShipped: true,
      });
      const id = ['run', fitterName, conditionName(condition), run].filter((part) => part !== '').join(' ');
      const input = {
        experiment: name,
        factors,
        run,
        protocol,
        data,
        preparation,
        parameters: fitter.estimates ?? PARAMETERS,
        ...(all ? { all } : {}),
        keepEstimates,
      };
      trainings.push(cellOf(train, { id, input }));
      needs[needName(i, run)] = id;
    }
  }
  return [
    ...trainings,
    cellOf(compare, {
      id: `compare ${fitterName}`,
      input: { fitter: fitterName, conditions: compared, runs: compared.map(() => runs) },
      needs,
    }),
  ];
}
