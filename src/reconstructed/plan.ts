import { cellOf, type Cell } from '../contracts/cell.ts';
import type { PluginEntry } from '../contracts/study.ts';
import { anatomyFile, type AnatomyName } from '../images/brains/anatomy.ts';
import { plannedEngine } from '../learning/planned-engine.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import { COMPRESSED_SENSING, ZERO_FILLED } from '../measures/reconstruction.ts';
import { deriveSeed } from '../random/seed.ts';
import type { AssessedInput, Change } from './assessed-sets.ts';
import { compareReconstructions, OWN, rivalNeed } from './compare-cell.ts';
import type { HeadSettings, ReceiverSetting, ReconstructedConfig } from './config.ts';
import { simulateHeads } from './data-cells.ts';
import { regularised, REGULARISERS, type RegulariserName } from './regularised-cell.ts';
import { trainReconstruction } from './train-cell.ts';
import { zeroFilled } from './zero-filled-cell.ts';

/** What all cells of a study of undersampled k-space share. */
export interface ReconstructionPlan {
  readonly experiment: string;
  readonly config: ReconstructedConfig;
}

/** The cells of one method with one receiver. */
export interface PlannedReconstruction {
  readonly method: string;
  readonly cells: readonly Cell[];
}

const SETS = ['training', 'validation', 'test', 'other'] as const;
type SetName = (typeof SETS)[number];
const ANATOMY_OF: Record<SetName, AnatomyName> = {
  training: 'icbm152',
  validation: 'icbm152',
  test: 'icbm152',
  other: 'colin27',
};
const SCORED = { validation: 'validation', test: 'test', other: 'other' };

/** Numbers of subjects that no other set shares. */
const FIRST: Record<SetName, number> = { training: 0, validation: 100_000, test: 200_000, other: 300_000 };

/** One cell per set of subjects. Those that results are of are there without and with lesions. */
export const planHeads = ({ config }: ReconstructionPlan): Promise<Cell[]> => {
  const { withLesions, training, validation, test, other, trainingVariation, ...settings } =
    config.data.virtual;
  const counts = { training, validation, test, other };
  return Promise.all(
    SETS.map(async (set) => {
      const anatomy = ANATOMY_OF[set];
      const { file, content } = await anatomyFile(anatomy);
      const heads: HeadSettings =
        set === 'training'
          ? { ...settings, variation: { ...settings.variation, ...trainingVariation } }
          : settings;
      const lesions = { training: withLesions, validation: 0, test: 'both', other: 'both' } as const;
      return cellOf(simulateHeads, {
        id: set,
        input: {
          ...{ anatomy, content, heads, subjects: counts[set], from: FIRST[set], lesions: lesions[set] },
          seed: deriveSeed(config.seed, 'heads'),
          T1w: set === 'test' && config.robustness !== false,
        },
        places: { file },
      });
    }),
  );
};

/** All methods with one receiver, and the comparisons of networks with the others. */
export function planReceiver(
  plan: ReconstructionPlan,
  receiver: ReceiverSetting,
  { isFirst }: { readonly isFirst: boolean },
): Cell[] {
  const { config } = plan;
  const { coils, accelerations } = receiver;
  const zero: PlannedReconstruction = {
    method: ZERO_FILLED,
    cells: [
      cellOf(zeroFilled, {
        id: `${ZERO_FILLED} coils=${coils}`,
        input: assessedInput(plan, receiver, ZERO_FILLED, { isFirst }),
        needs: SCORED,
      }),
    ],
  };
  const constrained = config.regularisers
    ? (Object.keys(REGULARISERS) as RegulariserName[]).map((name) =>
        planRegularised(plan, receiver, name, { isFirst }),
      )
    : [];
  const networks = config.models
    .filter(({ name }) => receiver.models?.includes(name) ?? true)
    .map((model) => planNetwork(plan, receiver, model, { isFirst }));
  const comparisons = networks.map((network) => {
    const others = networks.filter((each) => each !== network);
    const groups = [
      ...(constrained.length > 0 ? [{ name: COMPRESSED_SENSING, members: constrained }] : []),
      ...[zero, ...constrained, ...others].map((each) => ({ name: each.method, members: [each] })),
    ];
    const cells = [...new Set(groups.flatMap(({ members }) => members.flatMap((member) => member.cells)))];
    return cellOf(compareReconstructions, {
      id: `compare ${network.method} coils=${coils}`,
      input: {
        about: aboutOf(plan, network.method),
        ...{ coils, accelerations },
        rivals: groups.map(({ name, members }) => ({
          name,
          members: members.map((member) => member.cells.map((cell) => cells.indexOf(cell) + 1)),
        })),
      },
      needs: {
        [OWN]: network.cells[0].id,
        ...Object.fromEntries(cells.map(({ id }, i) => [rivalNeed(i + 1), id] as const)),
      },
    });
  });
  // Trainings first: they take longest, and one that began last would keep one worker busy and the others waiting.
  return [...[...networks, ...constrained, zero].flatMap(({ cells }) => cells), ...comparisons];
}

const aboutOf = ({ experiment }: ReconstructionPlan, method: string): RowSubject => ({
  experiment,
  method,
  factors: {},
});

function assessedInput(
  plan: ReconstructionPlan,
  { coils, accelerations }: Pick<ReceiverSetting, 'coils' | 'accelerations'>,
  method: string,
  { isFirst }: { readonly isFirst: boolean },
): AssessedInput {
  const { sampling, robustness, shown, data, seed } = plan.config;
  const { lesions, image } = data.virtual;
  const changes: Change[] =
    robustness === false || !isFirst
      ? []
      : [
          { name: `noise x ${robustness.noise}`, sampling: { sigma: robustness.noise * sampling.noise } },
          {
            name: `acceleration ${robustness.otherAcceleration}`,
            sampling: { acceleration: robustness.otherAcceleration },
          },
          { name: 'T1-weighted', sampling: { contrast: 'T1w' } },
        ];
  return {
    about: aboutOf(plan, method),
    sampling: {
      ...{ coils, acceleration: accelerations[0], center: sampling.center, sigma: sampling.noise },
      contrast: 'T2w',
    },
    ...{ accelerations, changes, shown },
    changedAt: robustness === false ? null : robustness.acceleration,
    radius: (lesions.radius[0] + lesions.radius[1]) / 2 / image.pixel,
    seed: deriveSeed(seed, 'measured'),
  };
}

function planRegularised(
  plan: ReconstructionPlan,
  { coils, accelerations }: ReceiverSetting,
  regulariser: RegulariserName,
  first: { readonly isFirst: boolean },
): PlannedReconstruction {
  const method = REGULARISERS[regulariser].label;
  const cells = accelerations.map((acceleration) =>
    cellOf(regularised, {
      id: `${method} coils=${coils} acceleration=${acceleration}`,
      input: {
        ...assessedInput(plan, { coils, accelerations: [acceleration] }, method, first),
        regulariser,
      },
      needs: SCORED,
    }),
  );
  return { method, cells };
}

function planNetwork(
  plan: ReconstructionPlan,
  receiver: ReceiverSetting,
  model: PluginEntry,
  first: { readonly isFirst: boolean },
): PlannedReconstruction {
  const { training, engine, seed } = plan.config;
  const cell = cellOf(trainReconstruction, {
    id: `train ${model.name} coils=${receiver.coils}`,
    input: {
      ...assessedInput(plan, receiver, model.name, first),
      model,
      training: { ...training, epochs: receiver.epochs ?? training.epochs },
      trainingSeed: deriveSeed(seed, 'train', model.name, receiver.coils),
      engine: plannedEngine(engine),
    },
    needs: { training: 'training', ...SCORED },
  });
  return { method: model.name, cells: [cell] };
}
