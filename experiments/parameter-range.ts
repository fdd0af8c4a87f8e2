import { compareConditions } from './repeated/compare-conditions.ts';
import type { Condition } from './repeated/condition.ts';
import { repeatedTrainings } from './repeated/experiment.ts';
import {
  checkRanges,
  ParameterRangeKeys,
  uniformRange,
  type ParameterRangeConfig,
} from './parameter-range/config.ts';
import { rangeRows } from './parameter-range/range-rows.ts';
import { trainingRecipe } from './simulated/voxel-sets.ts';

/** Estimates where the true Dp, of training and test, goes up to one value or another (Barbieri 2020). */
export default repeatedTrainings<ParameterRangeConfig>({
  name: 'parameter-range',
  label: 'Range of Dp',
  question: 'What becomes of the estimates of D, f and Dp where Dp is drawn from a wider range?',
  schema: ParameterRangeKeys.superRefine(checkRanges),
  module: import.meta.url,
  keepEstimates: true,
  conditions: (config) =>
    config.Dp_up_to.map((end): Condition => {
      const tissue = {
        ...config.data.tissue,
        Dp: { uniform: [uniformRange(config.data.tissue.Dp)[0], end] as [number, number] },
      };
      const own = { ...config, data: { ...config.data, tissue } };
      return {
        factors: { Dp_up_to: end },
        config: own,
        training: { recipe: trainingRecipe(own)!, first: config.training.voxels, labelled: true },
      };
    }),
  summarise: async (conditions, { Dp_up_to: ends }, bootstrap) => [
    ...compareConditions(conditions, ({ Dp_up_to: end }) => end === Math.min(...ends), bootstrap),
    ...(await rangeRows(conditions, bootstrap)),
  ],
});
