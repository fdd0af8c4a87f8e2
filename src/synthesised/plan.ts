import { cellOf, type Cell } from '../contracts/cell.ts';
import type { PluginEntry } from '../contracts/study.ts';
import type { Weighting } from '../images/weighting.ts';
import { plannedEngine } from '../learning/planned-engine.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import { ONE, SIX_REPETITIONS } from '../measures/synthesis.ts';
import { deriveSeed } from '../random/seed.ts';
import { acquired, sixAgainstTruth } from './acquired-cell.ts';
import { ACQUIRED, compareImages } from './compare-cell.ts';
import type { SynthesisedConfig, SynthesisTraining } from './config.ts';
import { filterImages, FILTERS, type FilterName } from './filter-cell.ts';
import type { ScoredSet } from './scores.ts';
import { trainNetwork } from './train-cell.ts';

/** What all cells of a study that makes images share. */
export interface SynthesisPlan {
  readonly experiment: string;
  readonly config: SynthesisedConfig;
  /** The sets that results are of. */
  readonly sets: readonly ScoredSet[];
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
  /** The weighted images that it is given. */
  readonly weighted: readonly Weighting[];
  readonly training: SynthesisTraining;
  readonly seeds: number;
}

/** The cells of the sets that results are of, by their names. */
const needsOf = (sets: readonly ScoredSet[]): Record<string, string> =>
  Object.fromEntries(sets.map((set) => [set, set]));

/** One repetition, and six, as they are. */
export function planAcquired({ experiment, config, sets }: SynthesisPlan): {
  one: PlannedMethod;
  six: PlannedMethod;
} {
  const input = { experiment, inputAmongSix: config.inputAmongSix, sets };
  const needs = needsOf(sets);
  const about = (method: string): RowSubject => ({ experiment, method, factors: {} });
  return {
    one: { name: ONE, about: about(ONE), cells: [cellOf(acquired, { id: ONE, input, needs })] },
    six: {
      name: SIX_REPETITIONS,
      about: about(SIX_REPETITIONS),
      // People have no truth that six repetitions could be compared with.
      cells:
        config.data.virtual === undefined
          ? []
          : [cellOf(sixAgainstTruth, { id: SIX_REPETITIONS, input, needs })],
    },
  };
}

export function planFilter({ experiment, sets }: SynthesisPlan, filter: FilterName): PlannedMethod {
  const { label } = FILTERS[filter];
  const about: RowSubject = { experiment, method: label, factors: {} };
  const cell = cellOf(filterImages, {
    id: `filter ${filter}`,
    input: { about, filter, sets },
    needs: needsOf(sets),
  });
  return { name: label, about, cells: [cell] };
}

/** The trainings of a network under a condition. */
export function planNetwork(
  { experiment, config, sets }: SynthesisPlan,
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
        ...{ model, weighted, training, shifts, sets, engine },
        inputAmongSix: config.inputAmongSix,
        // Conditions of one network begin alike, so that they differ in the condition alone.
        seed: deriveSeed(config.seed, 'train', model.name, i + 1),
      },
      needs: { training: 'training', ...needsOf(sets) },
    }),
  );
  return { name: name === '' ? model.name : `${model.name}, ${name}`, about, cells };
}

/** How a method stands to the noise floor and to others. */
export function planComparison(
  { sets }: SynthesisPlan,
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
      sets,
    },
    needs: Object.fromEntries([
      [ACQUIRED, ONE],
      ...numbered('training', cells),
      ...rivals.flatMap((rival, k) => numbered(`rival ${k + 1}, training`, rival.cells)),
    ]),
  });
}
