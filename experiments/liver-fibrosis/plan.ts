import type { LiverFibrosisConfig } from './config.ts';
import { idealCell } from '../../src/classified/ideal-cell.ts';
import { CASE_NUMBERS, planCases, planPool } from '../../src/classified/plan-cases.ts';
import {
  planBaselines,
  planOcclusion,
  planSummary,
  planTrainings,
  type ClassifiedPlan,
  type Condition,
} from '../../src/classified/plan.ts';
import type { Cell } from '../../src/contracts/cell.ts';
import { idealAuc, shownBy } from '../../src/images/livers/ideal-observer.ts';
import { latentModel } from '../../src/images/livers/latent-model.ts';
import { CONDITIONS } from '../../src/measures/conditions.ts';
import type { Modality } from '../../src/images/modality.ts';

const EXPERIMENT = 'liver-fibrosis';

/** The cases; every network on every split from every seed; the first one under other conditions; baselines; summaries. */
export async function planLiverFibrosis(config: LiverFibrosisConfig): Promise<Cell[]> {
  const { modalities, models, seeds, conditions, baselines } = config;
  const cases = await planCases(config);
  const { livers } = cases;
  const ideal = (seen: readonly Modality[]) =>
    livers === undefined ? null : idealAuc(latentModel(livers), shownBy(seen));
  const plan: ClassifiedPlan = { experiment: EXPERIMENT, config, ...cases };

  const own: Condition = { name: '', modalities, seeds, ideal: ideal(modalities) };
  const few = { seeds: 1, splits: conditions.splits };
  const [first] = models;
  const others: Condition[] = [
    ...(conditions.alone && modalities.length > 1
      ? modalities.map((each) => ({
          name: `${each} alone`,
          modalities: [each],
          ...few,
          ideal: ideal([each]),
        }))
      : []),
    ...(conditions.augmentation && config.training.augmentation !== null
      ? [{ ...own, name: CONDITIONS.noAugmentation, ...few, training: { augmentation: null } }]
      : []),
    ...(conditions.shuffled
      ? [{ ...own, name: CONDITIONS.shuffled, ...few, shuffleLabels: true, ideal: null, population: null }]
      : []),
  ];
  const rivals = baselines ? planBaselines(plan) : [];
  const networks = models.map((model) => planTrainings(plan, model, own));
  const varied = others.map((condition) => planTrainings(plan, first, condition));
  const sized = planSizes();
  return [
    ...cases.cells,
    ...(livers === undefined ? [] : [idealCell(EXPERIMENT, livers, modalities)]),
    ...[...networks, ...varied, ...rivals, ...sized.trainings].flatMap(({ cells }) => cells),
    ...sized.cells,
    planOcclusion(plan, first, networks[0]),
    ...networks.map((network, i) => planSummary(network, [...rivals, ...networks.filter((_, k) => k !== i)])),
    ...[...varied, ...sized.trainings, ...rivals].map((each) => planSummary(each)),
  ];

  /** A learning curve: nested parts of virtual cases that nothing else sees, tested on the population. */
  function planSizes() {
    const { sizes } = conditions;
    if (sizes.length === 0 || livers === undefined) return { cells: [], trainings: [] };
    const id = 'cases for sizes';
    const cell = planPool(config, { id, livers, from: CASE_NUMBERS.sizes, training: Math.max(...sizes) });
    const trainings = sizes.map((size) =>
      planTrainings(plan, first, { ...own, name: CONDITIONS.learningCurve, ...few, size, cases: id }),
    );
    return { cells: [cell], trainings };
  }
}
