import type { SnrBoostConfig } from './config.ts';
import type { Cell } from '../../src/contracts/cell.ts';
import { FILTERS, type FilterName } from '../../src/synthesised/filter-cell.ts';
import {
  planAcquired,
  planComparison,
  planFilter,
  planNetwork,
  type Condition,
  type SynthesisPlan,
} from '../../src/synthesised/plan.ts';
import { planSubjects } from '../../src/synthesised/plan-subjects.ts';
import { SCORED_SETS } from '../../src/synthesised/scores.ts';

/** The subjects; acquired images and filters; every network; the first one under other conditions; and comparisons of them all. */
export async function planSnrBoost(config: SnrBoostConfig): Promise<Cell[]> {
  const { data, weighted, models, training, conditions, seeds, baselines } = config;
  const own: Condition = { name: '', weighted, training, seeds };
  const few = { ...own, seeds: 1 };
  const target = training.target === 'six' ? 'truth' : 'six';
  const dropping = weighted.length > 0 && conditions.dropped > 0 && training.drop === 0;
  const acquiring = conditions.acquired && training.noise === 'fresh';
  const others: { condition: Condition; shifts: boolean }[] = [
    ...(conditions.alone && weighted.length > 0
      ? [{ condition: { ...few, name: 'one repetition alone', weighted: [] }, shifts: false }]
      : []),
    ...(conditions.target && data.virtual !== undefined
      ? [
          {
            condition: {
              ...few,
              name: target === 'truth' ? 'trained on the truth' : 'trained on six repetitions',
              training: { ...training, target } as const,
            },
            shifts: false,
          },
        ]
      : []),
    ...(acquiring
      ? [
          {
            condition: {
              ...few,
              name: 'one acquisition per subject',
              training: { ...training, noise: 'acquired' } as const,
            },
            shifts: false,
          },
        ]
      : []),
    ...(dropping
      ? [
          {
            condition: {
              ...few,
              name: 'weighted images dropped',
              training: { ...training, drop: conditions.dropped },
            },
            shifts: config.shifts,
          },
        ]
      : []),
  ];
  const subjects = await planSubjects(config, acquiring || training.noise === 'acquired');
  const plan: SynthesisPlan = {
    ...{ experiment: 'snr-boost', config },
    sets: SCORED_SETS.filter((set) => subjects.sets.includes(set)),
  };
  const { one, six } = planAcquired(plan);
  const filters = baselines
    ? (Object.keys(FILTERS) as FilterName[]).map((name) => planFilter(plan, name))
    : [];
  const networks = models.map((model) => planNetwork(plan, model, own, { shifts: config.shifts }));
  const varied = others.map(({ condition, shifts }) => planNetwork(plan, models[0], condition, { shifts }));
  const unprocessed = [one, ...(six.cells.length > 0 ? [six] : [])];
  return [
    ...subjects.cells,
    ...[...unprocessed, ...filters, ...networks, ...varied].flatMap(({ cells }) => cells),
    ...networks.map((network, i) =>
      planComparison(plan, network, [
        ...unprocessed,
        ...filters,
        ...networks.filter((_, k) => k !== i),
        ...(i === 0 ? varied : []),
      ]),
    ),
    ...varied.map((network) => planComparison(plan, network, [...unprocessed, ...filters])),
    ...filters.map((filter) => planComparison(plan, filter, unprocessed)),
  ];
}
