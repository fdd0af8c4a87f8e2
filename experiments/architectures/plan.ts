import { idealCell } from '../../src/classified/ideal-cell.ts';
import { population } from '../../src/classified/data-cells.ts';
import { CASE_NUMBERS, planCases, planPool } from '../../src/classified/plan-cases.ts';
import {
  planBaselines,
  planSummary,
  planTrainings,
  type ClassifiedPlan,
  type Condition,
  type PlannedTrainings,
} from '../../src/classified/plan.ts';
import { cellOf, type Cell } from '../../src/contracts/cell.ts';
import { idealAuc, shownBy } from '../../src/images/livers/ideal-observer.ts';
import { latentModel } from '../../src/images/livers/latent-model.ts';
import { CONDITIONS } from '../../src/measures/conditions.ts';
import type { ArchitecturesConfig } from './config.ts';

const EXPERIMENT = 'architectures';

/** The cases; every network with and without augmentation; transfer of the first; baselines; summaries. */
export async function planArchitectures(config: ArchitecturesConfig): Promise<Cell[]> {
  const { modalities, models, seeds, training, augmentation, baselines, transfer } = config;
  const cases = await planCases(config);
  const { livers } = cases;
  const plan: ClassifiedPlan = { experiment: EXPERIMENT, config, ...cases };
  const ideal = livers === undefined ? null : idealAuc(latentModel(livers), shownBy(modalities));
  const own: Condition = { name: '', modalities, seeds, ideal };
  const plain: Condition = { ...own, name: CONDITIONS.noAugmentation, training: { augmentation: null } };

  const rivals = baselines ? planBaselines(plan) : [];
  const networks = models.map((model) => planTrainings(plan, model, own));
  const varied =
    augmentation && training.augmentation !== null
      ? models.map((model) => planTrainings(plan, model, plain))
      : [];
  const moved = planTransfer(networks[0]);
  return [
    ...cases.cells,
    ...(livers === undefined ? [] : [idealCell(EXPERIMENT, livers, modalities)]),
    ...moved.cells,
    ...[...networks, ...varied, ...rivals, ...moved.trainings].flatMap(({ cells }) => cells),
    ...networks.map((network, i) => planSummary(network, [...rivals, ...networks.filter((_, k) => k !== i)])),
    ...varied.map((each, i) => planSummary(each, [networks[i]])),
    ...rivals.map((each) => planSummary(each)),
    ...moved.summaries,
  ];

  /** The first network on cases of another scanner: as it is, fine-tuned, and from scratch. */
  function planTransfer(first: PlannedTrainings): {
    cells: Cell[];
    trainings: PlannedTrainings[];
    summaries: Cell[];
  } {
    if (transfer === undefined || livers === undefined) return { cells: [], trainings: [], summaries: [] };
    const { scanner, cases: sizes, rate, splits } = transfer;
    const there = { ...livers, ...scanner };
    const [id, all] = ['cases of the other scanner', 'population of the other scanner'];
    const pool = planPool(config, {
      id,
      livers: there,
      from: CASE_NUMBERS.otherScanner,
      training: Math.max(...sizes),
    });
    const others = cellOf(population, {
      id: all,
      input: { livers: there, modalities, cases: config.population, from: CASE_NUMBERS.otherPopulation },
    });
    const { test, validation } = config.splits;
    const stepsOf = (n: number) => Math.ceil(n / training.batch);
    const steps = training.epochs * stepsOf((config.data.virtual?.cases ?? 0) * (1 - test - validation));
    const trained = (size: number, about: Pick<Condition, 'name' | 'begin'>, at: number) =>
      planTrainings(plan, models[0], {
        ...own,
        ...{ seeds: 1, splits, size, cases: id },
        ...(config.population > 0 ? { population: all } : {}),
        ...about,
        training: {
          rate: at,
          epochs: size === 0 ? 0 : Math.ceil(steps / stepsOf(size)),
          keeps: 'last',
        },
      });
    const [asItIs, ...tuned] = [0, ...sizes].map((size) =>
      trained(size, { name: CONDITIONS.fineTuned, begin: first }, rate),
    );
    const scratch = sizes.map((size) => trained(size, { name: CONDITIONS.fromScratch }, training.rate));
    return {
      cells: [pool, ...(config.population > 0 ? [others] : [])],
      trainings: [asItIs, ...tuned, ...scratch],
      summaries: [
        planSummary(asItIs),
        ...tuned.map((each, i) => planSummary(each, [scratch[i]])),
        ...scratch.map((each) => planSummary(each)),
      ],
    };
  }
}
