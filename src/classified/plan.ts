import { cellOf, type Cell } from '../contracts/cell.ts';
import type { PluginEntry } from '../contracts/study.ts';
import type { Modality } from '../images/modality.ts';
import { plannedEngine } from '../learning/planned-engine.ts';
import type { SplitOptions } from '../learning/splits.ts';
import { deriveSeed } from '../random/seed.ts';
import { baseline, BASELINES, type BaselineName } from './baseline-cell.ts';
import type { ClassifiedConfig } from './config.ts';
import type { RowSubject } from './rows.ts';
import { summarise } from './summary-cell.ts';
import { trainNetwork, type TrainingInput } from './train-cell.ts';

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
  readonly augmentation?: null;
  /** Training cases, where not all are used. */
  readonly size?: number;
  /** Cell that holds other cases than those of the study. */
  readonly cases?: string;
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

const needsOf = ({ cases: own, population }: ClassifiedPlan, cases = own): Record<string, string> => ({
  cases,
  ...(population === undefined ? {} : { population }),
});

export function planTrainings(
  plan: ClassifiedPlan,
  model: PluginEntry,
  condition: Condition,
): PlannedTrainings {
  const { experiment, config, population } = plan;
  const { splits, training, positiveFrom, seed } = config;
  const { name, modalities, seeds, shuffleLabels = false, size } = condition;
  const about = { experiment, method: model.name, factors: factorsOf(condition, config.modalities) };
  const engine = plannedEngine(config.engine);
  const count = Math.min(splits.count, condition.splits ?? splits.count);
  const all = Array.from({ length: count }, (_, i) => i + 1).flatMap((split) =>
    Array.from({ length: seeds }, (_, i) => ({ split, number: i + 1 })),
  );
  const cells = all.map(({ split, number }) => {
    const input: TrainingInput = {
      about: { ...about, factors: { ...about.factors, split, seed: number } },
      model,
      modalities,
      positiveFrom,
      split: splitOf(config, split),
      ...(size === undefined ? {} : { size }),
      shuffleLabels,
      training: condition.augmentation === null ? { ...training, augmentation: null } : training,
      population: population !== undefined,
      // No other network, and no order, has any part in it.
      seed: deriveSeed(seed, 'train', model.name, name, split, number),
      engine,
    };
    const id = ['train', model.name, ...(name === '' ? [] : [name]), `split=${split}`, `seed=${number}`].join(
      ' ',
    );
    return cellOf(trainNetwork, { id, input, needs: needsOf(plan, condition.cases) });
  });
  return {
    ...{ method: model.name, about, condition, cells },
    ids: cells.map(({ id }) => id),
    splits: all.map(({ split }) => split),
  };
}

/** A classifier without a network, once per split. */
export function planBaseline(plan: ClassifiedPlan, name: BaselineName): PlannedTrainings {
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

/** What the trainings of one classifier say together, and how far it is from others on the same splits. */
export function planSummary(
  { about, condition, ids, splits }: PlannedTrainings,
  rivals: readonly PlannedTrainings[] = [],
): Cell {
  const { name, ideal } = condition;
  const numbered = (what: string, of: readonly string[]) =>
    of.map((id, i) => [`${what} ${i + 1}`, id] as const);
  return cellOf(summarise, {
    id: ['summary', about.method, ...(name === '' ? [] : [name])].join(' '),
    input: {
      about,
      splits,
      rivals: rivals.map((rival) => ({ method: rival.method, splits: rival.splits })),
      ideal,
    },
    needs: Object.fromEntries([
      ...numbered('training', ids),
      ...rivals.flatMap((rival) => numbered(rival.method, rival.ids)),
    ]),
  });
}
