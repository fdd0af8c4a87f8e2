import { Models } from '../config/sections/models.ts';
import { cellOf, type Cell } from '../contracts/cell.ts';
import type { PluginEntry } from '../contracts/study.ts';
import { plannedEngine } from '../learning/planned-engine.ts';
import { foldsBySubject, someOf, type Split } from '../learning/splits.ts';
import { CONDITIONS } from '../measures/conditions.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import { SEGMENTATION_FLOORS } from '../measures/segmentation.ts';
import { deriveSeed } from '../random/seed.ts';
import type { SegmentationTraining, SegmentedConfig } from './config.ts';
import { assessReaders, PEOPLE, simulatePeople } from './data-cells.ts';
import { markByPosition } from './position-cell.ts';
import { LOSSES } from './segmentation-losses.ts';
import {
  foldNeed,
  READER_SCORES,
  rivalNeed,
  summariseReaders,
  summariseSegmentation,
} from './summary-cell.ts';
import { trainSegmentation, type FoldInput } from './train-cell.ts';
import { numberedNames, scannedAs, simulatedPeople } from './virtual-people.ts';
import { trainVoxelwise } from './voxelwise-cell.ts';

/** What all cells of a study share. */
export interface SegmentationPlan {
  readonly experiment: string;
  readonly config: SegmentedConfig;
}

/** How the first model is trained, other than the study says. */
interface Condition {
  /** Empty for the study's own settings. */
  readonly name: string;
  readonly folds: number;
  readonly training: SegmentationTraining;
  readonly shuffle: boolean;
}

/** The cells of one method under one condition, a fold each. */
interface PlannedMethod {
  readonly about: RowSubject;
  readonly cells: readonly Cell[];
}

const NEEDS = { [PEOPLE]: PEOPLE };
const READER_CELL = 'readers';

/** People's names: `person-01`, … */
export const namesOf = (count: number): string[] => numberedNames('person', count);

/** The folds of a study by the people's names: validation people are drawn from those who are not tested. */
export function foldsOf({
  seed,
  folds,
  validation,
  data,
}: Pick<SegmentedConfig, 'seed' | 'folds' | 'validation'> & {
  readonly data: { readonly virtual: { readonly people: number } };
}): Record<keyof Split, string[]>[] {
  const names = namesOf(data.virtual.people);
  const strata = names.map(() => 'people');
  const divided = foldsBySubject(names, strata, { folds, seed: deriveSeed(seed, 'folds') });
  return divided.map(({ training, test }, fold) => {
    const size = { size: validation, seed: deriveSeed(seed, 'validation', fold + 1) };
    const chosen = new Set(someOf(training, strata, names, size));
    const called = (places: readonly number[]) => places.map((i) => names[i]);
    return {
      training: called(training.filter((i) => !chosen.has(i))),
      validation: called([...chosen]),
      test: called(test),
    };
  });
}

/** The people; every method on every fold; the first network under other conditions; summaries. */
export async function planSegmentationStudy(plan: SegmentationPlan): Promise<Cell[]> {
  const { experiment, config } = plan;
  const { conditions, folds, floors, models, seed, training } = config;
  const names = namesOf(config.data.virtual.people);
  const { people, ...virtual } = config.data.virtual;
  const own: Condition = { name: '', folds, training, shuffle: false };
  const few = { ...own, folds: conditions.folds };
  const others: Condition[] = [
    ...(conditions.losses
      ? LOSSES.filter((loss) => loss !== training.loss).map((loss) => ({
          ...{ ...few, name: LOSS_CONDITIONS[loss] },
          training: { ...training, loss, rate: loss === 'dice' ? DICE_RATE * training.rate : training.rate },
        }))
      : []),
    ...(conditions.augmentation && training.augmentation !== null
      ? [{ ...few, name: CONDITIONS.noAugmentation, training: { ...training, augmentation: null } }]
      : []),
    ...(conditions.shuffled
      ? [
          {
            ...{ ...few, name: CONDITIONS.shuffled, shuffle: true },
            // Moving an image and someone else's label map alike would teach the network to follow the image.
            training: { ...training, augmentation: null },
          },
        ]
      : []),
  ];
  const networks = models.map((model) => planNetwork(plan, model, own));
  const varied = others.map((condition) => planNetwork(plan, models[0], condition));
  const without = floors === false ? [] : await planFloors(plan, floors);
  const [first] = networks;
  return [
    cellOf(simulatePeople, {
      id: PEOPLE,
      input: {
        settings: [simulatedPeople(virtual, { seed: deriveSeed(seed, 'people'), subjects: people })],
        names,
      },
    }),
    cellOf(assessReaders, { id: READER_CELL, input: { experiment, shown: names[0] }, needs: NEEDS }),
    cellOf(summariseReaders, {
      id: 'summary readers',
      input: { experiment },
      needs: { [READER_SCORES]: READER_CELL },
    }),
    ...[...networks, ...varied, ...without].flatMap(({ cells }) => cells),
    planSummary(plan, first, [...networks.slice(1), ...without]),
    ...[...networks.slice(1), ...varied, ...without].map((method) => planSummary(plan, method, [first])),
  ];
}

/** Share of the learning rate that is used with the Dice loss alone: at all of it every voxel soon gets the same class, where the gradient vanishes. */
const DICE_RATE = 1 / 3;

/** Values of the factor `condition`, of losses other than the study's. */
const LOSS_CONDITIONS = {
  'cross-entropy': 'cross-entropy alone',
  dice: 'Dice loss alone',
  both: 'cross-entropy and Dice loss',
} as const;

function foldInputs({ config }: SegmentationPlan, about: RowSubject, count: number): FoldInput[] {
  const [shown] = namesOf(config.data.virtual.people);
  const engine = plannedEngine(config.engine);
  return foldsOf(config)
    .slice(0, count)
    .map((sets, i) => ({
      ...{ about, ...sets, shown, engine, fold: i + 1 },
      // Conditions start from the same weights as the study's own.
      seed: deriveSeed(config.seed, 'train', about.method, i + 1),
    }));
}

const idOf = ({ method, factors }: RowSubject, fold: number): string =>
  [method, ...Object.values(factors), `fold=${fold}`].join(' ');

function planNetwork(plan: SegmentationPlan, model: PluginEntry, condition: Condition): PlannedMethod {
  const { inputs, data } = plan.config;
  const about: RowSubject = {
    ...{ experiment: plan.experiment, method: model.name },
    factors: condition.name === '' ? {} : { condition: condition.name },
  };
  const cells = foldInputs(plan, about, condition.folds).map((fold) =>
    cellOf(trainSegmentation, {
      id: `train ${idOf(about, fold.fold)}`,
      input: {
        ...{ ...fold, model, how: condition.training, shuffle: condition.shuffle },
        inputs: {
          bValues: inputs.bValues ?? data.virtual.bValues,
          neighbours: inputs.neighbours,
          position: inputs.position,
        },
        volumes: inputs.volumes.includes(model.name),
        // Networks of other conditions answer a question, and are no use beyond it.
        ...(condition.name === '' ? { scanned: scannedAs(data.virtual) } : {}),
      },
      needs: NEEDS,
    }),
  );
  return { about, cells };
}

async function planFloors(
  plan: SegmentationPlan,
  { voxels, epochs }: Exclude<SegmentedConfig['floors'], false>,
): Promise<PlannedMethod[]> {
  const { training, inputs, data, folds } = plan.config;
  const { labels } = training;
  const bValues = inputs.bValues ?? data.virtual.bValues;
  const [logistic, connected] = await Models.parseAsync([
    { use: 'mlp', name: SEGMENTATION_FLOORS.logistic, units: [] },
    { use: 'mlp', name: SEGMENTATION_FLOORS.connected, units: [64, 32], dropout: 0 },
  ]);
  const voxelwise = [
    { model: logistic, given: { reach: 0, position: false } },
    { model: connected, given: { reach: 1, position: true } },
  ].map(({ model, given }): PlannedMethod => {
    const about: RowSubject = { experiment: plan.experiment, method: model.name, factors: {} };
    const cells = foldInputs(plan, about, folds).map((fold) =>
      cellOf(trainVoxelwise, {
        id: `train ${idOf(about, fold.fold)}`,
        input: { ...fold, model, labels, voxels, epochs, inputs: { bValues, ...given } },
        needs: NEEDS,
      }),
    );
    return { about, cells };
  });
  const about: RowSubject = {
    experiment: plan.experiment,
    method: SEGMENTATION_FLOORS.position,
    factors: {},
  };
  const position = foldInputs(plan, about, folds).map(({ fold, test, shown, ...sets }) =>
    cellOf(markByPosition, {
      id: idOf(about, fold),
      input: { about, test, shown, labels, training: [...sets.training, ...sets.validation] },
      needs: NEEDS,
    }),
  );
  return [...voxelwise, { about, cells: position }];
}

function planSummary(
  { config }: SegmentationPlan,
  { about, cells }: PlannedMethod,
  rivals: readonly PlannedMethod[],
): Cell {
  return cellOf(summariseSegmentation, {
    id: `summary ${[about.method, ...Object.values(about.factors)].join(' ')}`,
    input: {
      ...{ about, folds: cells.length, readers: Object.keys(config.data.virtual.readers) },
      rivals: rivals.map((rival) => ({ name: rival.about.method, folds: rival.cells.length })),
    },
    needs: {
      [READER_SCORES]: READER_CELL,
      ...Object.fromEntries(cells.map(({ id }, i) => [foldNeed(i + 1), id])),
      ...Object.fromEntries(
        rivals.flatMap((rival, k) => rival.cells.map(({ id }, i) => [rivalNeed(k + 1, i + 1), id])),
      ),
    },
  });
}
