import type { SnrBoostConfig } from './config.ts';
import type { Cell } from '../../src/contracts/cell.ts';
import { FILTERS, type FilterName } from '../../src/synthesised/filter-cell.ts';
import {
  planAcquired,
  planComparison,
  planFilter,
  planNetwork,
  planSubjects,
  type Condition,
  type SynthesisPlan,
} from '../../src/synthesised/plan.ts';

/** The subjects; acquired images and filters; every network; the first one under other conditions; and comparisons of them all. */
export async function planSnrBoost(config: SnrBoostConfig): Promise<Cell[]> {
  const plan: SynthesisPlan = { experiment: 'snr-boost', config };
  const { models, training, conditions, seeds, baselines, shifts } = config;
  const own: Condition = { name: '', weighted: true, training, seeds };
  const few = { ...own, seeds: 1 };
  const target = training.target === 'six' ? 'truth' : 'six';
  const others: Condition[] = [
    ...(conditions.alone ? [{ ...few, name: 'one repetition alone', weighted: false }] : []),
    ...(conditions.target
      ? [
          {
            ...few,
            name: target === 'truth' ? 'trained on the truth' : 'trained on six repetitions',
            training: { ...training, target } as const,
          },
        ]
      : []),
    ...(conditions.dropped > 0 && training.drop === 0
      ? [{ ...few, name: 'weighted images dropped', training: { ...training, drop: conditions.dropped } }]
      : []),
  ];
  const { one, six } = planAcquired(plan);
  const filters = baselines
    ? (Object.keys(FILTERS) as FilterName[]).map((name) => planFilter(plan, name))
    : [];
  const networks = models.map((model) => planNetwork(plan, model, own, { shifts }));
  const varied = others.map((condition) => planNetwork(plan, models[0], condition, { shifts }));
  const unprocessed = [one, six];
  return [
    ...(await planSubjects(plan)),
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
