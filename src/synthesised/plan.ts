import { cellOf, type Cell } from '../contracts/cell.ts';
import type { PluginEntry } from '../contracts/study.ts';
import { anatomyFile, type AnatomyName } from '../images/brains/anatomy.ts';
import type { BrainSettings } from '../images/brains/settings.ts';
import { plannedEngine } from '../learning/planned-engine.ts';
import { ONE, SIX_REPETITIONS } from '../measures/synthesis.ts';
import { deriveSeed } from '../random/seed.ts';
import { acquired, sixAgainstTruth } from './acquired-cell.ts';
import { ACQUIRED, compareImages } from './compare-cell.ts';
import type { SynthesisedConfig, SynthesisTraining } from './config.ts';
import { simulateBrains } from './data-cells.ts';
import { filterImages, FILTERS, type FilterName } from './filter-cell.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import { trainNetwork } from './train-cell.ts';

/** What all cells of a study that makes images share. */
export interface SynthesisPlan {
  readonly experiment: string;
  readonly config: SynthesisedConfig;
}

/** The cells of one method under one condition. */
export interface PlannedMethod {
  /** As `compared_with` has it. */
  readonly name: string;
  readonly about: RowSubject;
  readonly cells: readonly Cell[];
}

/** How a network is given and trained, other than the study says. */
export interface Condition {
  /** As the factor `condition` has it; '' for the settings of the study. */
  readonly name: string;
  readonly weighted: boolean;
  readonly training: SynthesisTraining;
  readonly seeds: number;
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

/** One cell per set of subjects. Those that results are of are there without, with seen and with unseen lesions. */
export const planSubjects = ({ config }: SynthesisPlan): Promise<Cell[]> => {
  const { withLesions, training, validation, test, other, ...settings } = config.data.virtual;
  const counts = { training, validation, test, other };
  const brains: BrainSettings = { ...settings, seed: deriveSeed(config.seed, 'brains') };
  return Promise.all(
    SETS.map(async (set) => {
      const anatomy = ANATOMY_OF[set];
      const { file, content } = await anatomyFile(anatomy);
      const lesions = { training: withLesions, validation: 0, test: 'each', other: 'each' } as const;
      return cellOf(simulateBrains, {
        id: set,
        input: {
          ...{ anatomy, content, brains, subjects: counts[set], from: FIRST[set] },
          ...{ lesions: lesions[set], inputAmongSix: config.inputAmongSix },
        },
        places: { file },
      });
    }),
  );
};

/** One repetition, and six, as they are. */
export function planAcquired({ experiment, config }: SynthesisPlan): {
  one: PlannedMethod;
  six: PlannedMethod;
} {
  const input = { experiment, inputAmongSix: config.inputAmongSix };
  const about = (method: string): RowSubject => ({ experiment, method, factors: {} });
  return {
    one: { name: ONE, about: about(ONE), cells: [cellOf(acquired, { id: ONE, input, needs: SCORED })] },
    six: {
      name: SIX_REPETITIONS,
      about: about(SIX_REPETITIONS),
      cells: [cellOf(sixAgainstTruth, { id: SIX_REPETITIONS, input, needs: SCORED })],
    },
  };
}

export function planFilter({ experiment, config }: SynthesisPlan, filter: FilterName): PlannedMethod {
  const { label } = FILTERS[filter];
  const about: RowSubject = { experiment, method: label, factors: {} };
  const sigma = config.data.virtual.noise.perfusion;
  const cell = cellOf(filterImages, {
    id: `filter ${filter}`,
    input: { about, filter, sigma },
    needs: SCORED,
  });
  return { name: label, about, cells: [cell] };
}

/** The trainings of a network under a condition. */
export function planNetwork(
  { experiment, config }: SynthesisPlan,
  model: PluginEntry,
  { name, weighted, training, seeds }: Condition,
  { shifts }: { readonly shifts: boolean },
): PlannedMethod {
  const about: RowSubject = {
    experiment,
    method: model.name,
    factors: { ...(name === '' ? {} : { condition: name }) },
  };
  const engine = plannedEngine(config.engine);
  const cells = Array.from({ length: seeds }, (_, i) =>
    cellOf(trainNetwork, {
      id: ['train', model.name, ...(name === '' ? [] : [name]), `seed=${i + 1}`].join(' '),
      input: {
        about: { ...about, factors: { ...about.factors, seed: i + 1 } },
        ...{ model, weighted, training, shifts, engine },
        sigma: config.data.virtual.noise.perfusion,
        inputAmongSix: config.inputAmongSix,
        // Conditions of one network begin alike, so that they differ in the condition alone.
        seed: deriveSeed(config.seed, 'train', model.name, i + 1),
      },
      needs: { training: 'training', ...SCORED },
    }),
  );
  return { name: name === '' ? model.name : `${model.name}, ${name}`, about, cells };
}

/** How a method stands to the noise floor and to others. */
export function planComparison(
  { config }: SynthesisPlan,
  { name, about, cells }: PlannedMethod,
  rivals: readonly PlannedMethod[],
): Cell {
  const numbered = (what: string, of: readonly Cell[]) =>
    of.map(({ id }, i) => [`${what} ${i + 1}`, id] as const);
  return cellOf(compareImages, {
    id: `compare ${name}`,
    input: {
      about,
      trainings: cells.length,
      rivals: rivals.map((rival) => ({ name: rival.name, trainings: rival.cells.length })),
      inputAmongSix: config.inputAmongSix,
    },
    needs: Object.fromEntries([
      [ACQUIRED, ONE],
      ...numbered('training', cells),
      ...rivals.flatMap((rival, k) => numbered(`rival ${k + 1}, training`, rival.cells)),
    ]),
  });
}
