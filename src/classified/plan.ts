import { cellOf, type Cell } from '../contracts/cell.ts';
import type { PluginEntry } from '../contracts/study.ts';
import type { Modality } from '../images/modality.ts';
import { plannedEngine } from '../learning/planned-engine.ts';
import type { SplitOptions } from '../learning/splits.ts';
import { deriveSeed } from '../random/seed.ts';
import { baseline, BASELINES, type BaselineName } from './baseline-cell.ts';
import type { ClassifiedConfig } from './config.ts';
import { occlusion } from './occlusion-cell.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import { summarise } from './summary-cell.ts';
import { trainNetwork, type TrainingInput, type TrainingSettings } from './train-cell.ts';

/** What all cells of a study that classifies cases share. */
export interface ClassifiedPlan {
  readonly experiment: string;
  readonly config: ClassifiedConfig;
  /** Cells that hold the cases, and the population where there is one. */
  readonly cases: string;
  readonly population: string | undefined;
}

/** One condition: what a network is given, or how it is trained, that differs from the study's own settings. */
export interface Condition {
  /** As the factor `condition` has it; '' for the settings of the study. */
  readonly name: string;
  readonly modalities: readonly Modality[];
  /** Trainings per split. */
  readonly seeds: number;
  /** How many of the study's splits it is trained on; absent: all. */
  readonly splits?: number;
  readonly shuffleLabels?: boolean;
  /** What differs from the study's training. */
  readonly training?: Partial<TrainingSettings>;
  /** Training cases, where not all are used; 0 where the network is used as it begins. */
  readonly size?: number;
  /** Cell that holds other cases than those of the study. */
  readonly cases?: string;
  /** Cell that holds another population than that of the study; null: it is not scored on any. */
  readonly population?: string | null;
  /** Trainings whose weights it goes on from: of each split the first. */
  readonly begin?: PlannedTrainings;
  /** AUC of the ideal observer of these modalities; null where it is not known or does not apply. */
  readonly ideal: number | null;
}

/** The trainings of a network under a condition, in the order of splits and then of seeds. */
export interface PlannedTrainings {
  readonly method: string;
  readonly about: RowSubject;
  readonly condition: Condition;
  readonly ids: readonly string[];
  readonly splits: readonly number[];
  readonly cells: readonly Cell[];
}

/** What tells a condition apart in the names of its cells. */
const namesOf = ({ name, size }: Condition): string[] => [
  ...(name === '' ? [] : [name]),
  ...(size === undefined ? [] : [`${size} cases`]),
];

/** Factors of the rows of a condition: what it sees, and what else is unusual about it. */
const factorsOf = (
  { name, modalities, size }: Condition,
  all: readonly Modality[],
): RowSubject['factors'] => ({
  modality: modalities.length === all.length && all.length > 1 ? 'all' : modalities.join(' and '),
  ...(name === '' ? {} : { condition: name }),
  ...(size === undefined ? {} : { training_cases: size }),
});

const splitOf = ({ seed, splits }: ClassifiedConfig, split: number): SplitOptions => ({
  seed: deriveSeed(seed, 'split', split),
  test: splits.test,
  validation: splits.validation,
});

const needsOf = (
  plan: ClassifiedPlan,
  { cases = plan.cases, population = plan.population }: Pick<Condition, 'cases' | 'population'> = {},
): Record<string, string> => ({ cases, ...(population == null ? {} : { population }) });

/** The first training of a split. */
function trainingOf({ ids, splits }: PlannedTrainings, split: number): string {
  const id = ids[splits.indexOf(split)];
  if (id === undefined) throw new Error(`nothing is trained on split ${split}`);
  return id;
}

export function planTrainings(
  plan: ClassifiedPlan,
  model: PluginEntry,
  condition: Condition,
): PlannedTrainings {
  const { experiment, config } = plan;
  const { splits, training, positiveFrom, seed } = config;
  const { modalities, seeds, shuffleLabels = false, size, begin } = condition;
  const about = { experiment, method: model.name, factors: factorsOf(condition, config.modalities) };
  const engine = plannedEngine(config.engine);
  const count = Math.min(splits.count, condition.splits ?? splits.count);
  const all = Array.from({ length: count }, (_, i) => i + 1).flatMap((split) =>
    Array.from({ length: seeds }, (_, i) => ({ split, number: i + 1 })),
  );
  const cells = all.map(({ split, number }) => {
    const needs = needsOf(plan, condition);
    if (begin !== undefined) needs.begin = trainingOf(begin, split);
    const input: TrainingInput = {
      about: { ...about, factors: { ...about.factors, split, seed: number } },
      model,
      modalities,
      positiveFrom,
      split: splitOf(config, split),
      ...(size === undefined ? {} : { size }),
      shuffleLabels,
      ...(begin === undefined ? {} : { begins: true }),
      training: { keeps: 'best', ...training, ...condition.training },
      population: needs.population !== undefined,
      // No other network, and no order, has any part in it.
      seed: deriveSeed(seed, 'train', model.name, ...namesOf(condition), split, number),
      engine,
    };
    const id = ['train', model.name, ...namesOf(condition), `split=${split}`, `seed=${number}`].join(' ');
    return cellOf(trainNetwork, { id, input, needs });
  });
  return {
    ...{ method: model.name, about, condition, cells },
    ids: cells.map(({ id }) => id),
    splits: all.map(({ split }) => split),
  };
}

/** A classifier without a network, once per split. */
function planBaseline(plan: ClassifiedPlan, name: BaselineName): PlannedTrainings {
  const { experiment, config, population } = plan;
  const method = BASELINES[name];
  const modalities: readonly Modality[] = name === 'mean-adc' ? ['adc'] : config.modalities;
  const condition: Condition = { name: '', modalities, seeds: 1, ideal: null };
  const about = { experiment, method, factors: factorsOf(condition, config.modalities) };
  const splits = Array.from({ length: config.splits.count }, (_, i) => i + 1);
  const cells = splits.map((split) =>
    cellOf(baseline, {
      id: `baseline ${name} split=${split}`,
      input: {
        about: { ...about, factors: { ...about.factors, split } },
        baseline: name,
        modalities,
        positiveFrom: config.positiveFrom,
        split: splitOf(config, split),
        population: population !== undefined,
      },
      needs: needsOf(plan),
    }),
  );
  return { method, about, condition, cells, ids: cells.map(({ id }) => id), splits };
}

/** The classifiers that networks are compared with. */
export const planBaselines = (plan: ClassifiedPlan): PlannedTrainings[] => [
  ...(plan.config.modalities.includes('adc') ? [planBaseline(plan, 'mean-adc')] : []),
  planBaseline(plan, 'logistic-regression'),
];

/** What the first training of a network looks at, in test cases of its split. */
export function planOcclusion(
  plan: ClassifiedPlan,
  model: PluginEntry,
  { about, condition, ids, splits }: PlannedTrainings,
): Cell {
  const { config } = plan;
  return cellOf(occlusion, {
    id: ['occlusion', about.method, ...namesOf(condition)].join(' '),
    input: {
      about,
      model,
      modalities: condition.modalities,
      positiveFrom: config.positiveFrom,
      split: splitOf(config, splits[0]),
      engine: plannedEngine(config.engine),
    },
    needs: { cases: plan.cases, training: ids[0] },
  });
}

/** What the trainings of one classifier say together, and how far it is from others on the same splits. */
export function planSummary(
  { about, condition, ids, splits }: PlannedTrainings,
  rivals: readonly PlannedTrainings[] = [],
): Cell {
  const { ideal } = condition;
  const numbered = (what: string, of: readonly string[]) =>
    of.map((id, i) => [`${what} ${i + 1}`, id] as const);
  return cellOf(summarise, {
    id: ['summary', about.method, ...namesOf(condition)].join(' '),
    input: {
      about,
      splits,
      rivals: rivals.map((rival) => ({
        name: [rival.method, ...namesOf(rival.condition)].join(', '),
        splits: rival.splits,
      })),
      ideal,
    },
    needs: Object.fromEntries([
      ...numbered('training', ids),
      ...rivals.flatMap((rival, k) => numbered(`rival ${k + 1}, training`, rival.ids)),
    ]),
  });
}
