import type { ZodType } from 'zod';
import type { Cell, Experiment, Json, PlanContext, RunContext } from '../../src/contracts/experiment.ts';
import { learns } from '../../src/plugins/learns.ts';
import { moduleExtension } from '../../src/plugins/places.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import type { RunsBootstrap } from '../../src/metrics/runs/bootstrap-runs.ts';
import type { SimulatedConfig } from '../simulated/config.ts';
import { fitterCalled } from '../simulated/fitter-in-use.ts';
import { preparationDecides } from '../simulated/preparation-decides.ts';
import { testRecipe } from '../simulated/voxel-sets.ts';
import { conditionName, type Condition } from './condition.ts';
import { finishedRun, type ConditionRuns } from './finished-run.ts';
import { summaryRow, type Summary } from './rows.ts';
import { runCell, runSeed, type RunInput } from './run-cell.ts';

export type RepeatedConfig = SimulatedConfig & { readonly runs: number };

/** An experiment that trains networks several times under each of its conditions. */
export interface RepeatedTrainings<C extends RepeatedConfig> {
  /** The name of its file. */
  readonly name: string;
  readonly label: string;
  readonly question: string;
  readonly schema: ZodType<C>;
  /** `import.meta.url` of its file. */
  readonly module: string;
  /** The long trainings first, so that none of them is left for the end. */
  conditions(config: C): readonly Condition[];
  /** Whether `summarise` asks for estimates. */
  readonly keepEstimates?: boolean;
  /** Compares all runs of one fitter. */
  summarise(
    conditions: readonly ConditionRuns[],
    config: C,
    bootstrap: RunsBootstrap,
  ): Promise<readonly Summary[]>;
}

/** What the cell that compares the runs of a fitter needs to know. */
interface SummaryInput {
  readonly fitter: string;
  /** For every condition, the cells of its runs in their order. */
  readonly cells: readonly (readonly string[])[];
}

/** One cell a training, and one a fitter that compares them. */
export function repeatedTrainings<C extends RepeatedConfig>(study: RepeatedTrainings<C>): Experiment<C> {
  const { name, label, question, schema } = study;
  return {
    label,
    question,
    schema,
    async plan(config, context) {
      const planned = await Promise.all(
        config.fitters.map((entry) => planFitter(study, config, entry.name, context)),
      );
      return planned.flat();
    },
    async run(cell, config, context) {
      if (cell.task === 'summarise') return { rows: await summarise(study, cell, config, context) };
      const { condition } = cell.input as Json & RunInput;
      return runCell(name, cell, study.conditions(config)[condition], context);
    },
  };
}

async function planFitter<C extends RepeatedConfig>(
  study: RepeatedTrainings<C>,
  config: C,
  fitter: string,
  context: PlanContext,
): Promise<Cell[]> {
  const { keepEstimates = false, module } = study;
  const version = context.codeVersion(new URL('./run-cell' + moduleExtension, import.meta.url));
  const all: Cell[] = [];
  const cells: string[][] = [];
  for (const [i, condition] of study.conditions(config).entries()) {
    const { config: own, training, all: every = null } = condition;
    const { code, ...decides } = await preparationDecides(own, fitter, context);
    const { entry, fitter: used } = await fitterCalled(fitter, own);
    // Who learns nothing gives the same answer every time.
    const runs = learns(used, entry.settings) ? config.runs : 1;
    const data = own.data.noise.map(({ sigma, snr }) => ({ snr, recipe: testRecipe(own, sigma) }));
    const ofCondition = Array.from({ length: runs }, (_, r): Cell => {
      const run = r + 1;
      const input: Json & RunInput = { fitter, condition: i, run, keepEstimates };
      return {
        id: ['run', fitter, conditionName(condition), run].filter((part) => part !== '').join(' '),
        task: 'run',
        input,
        decides: {
          ...decides,
          code: [version, code],
          seed: runSeed(config.seed, fitter, run),
          training: decides.training === null ? null : training,
          factors: condition.factors,
          run,
          every,
          data,
          keepEstimates,
        },
        needs: [],
      };
    });
    cells.push(ofCondition.map(({ id }) => id));
    all.push(...ofCondition);
  }
  const input: Json & SummaryInput = { fitter, cells };
  all.push({
    id: `compare ${fitter}`,
    task: 'summarise',
    input,
    decides: {
      code: context.codeVersion(new URL(module)),
      fitter,
      seed: config.seed,
      statistics: config.statistics,
    },
    needs: cells.flat(),
  });
  return all;
}

async function summarise<C extends RepeatedConfig>(
  study: RepeatedTrainings<C>,
  cell: Cell,
  config: C,
  context: RunContext,
) {
  const { fitter, cells } = cell.input as Json & SummaryInput;
  const finished = await Promise.all(
    study.conditions(config).map(async (condition, i) => ({
      condition,
      runs: await Promise.all(cells[i].map((id, r) => finishedRun(context, id, r + 1))),
    })),
  );
  const bootstrap = { resamples: config.statistics.resamples, seed: deriveSeed(config.seed, 'bootstrap') };
  const rows = await study.summarise(finished, config, bootstrap);
  return rows.map((row) => summaryRow({ experiment: study.name, method: fitter }, row));
}
