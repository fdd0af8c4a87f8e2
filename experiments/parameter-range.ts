import { compareConditions } from '../src/repeated/compare-conditions.ts';
import type { PlannedCondition } from '../src/repeated/condition.ts';
import { compareTask, repeatedTrainings } from '../src/repeated/experiment.ts';
import {
  checkRanges,
  ParameterRangeKeys,
  uniformRange,
  type ParameterRangeConfig,
} from './parameter-range/config.ts';
import { rangeRows } from './parameter-range/range-rows.ts';

export const compare = compareTask(import.meta.url, 'parameter-range', async (conditions) => [
  ...compareConditions(conditions),
  ...(await rangeRows(conditions)),
]);

/** Estimates when the upper end of the true Dp varies, in training and test voxels (Barbieri 2020). */
export default repeatedTrainings<ParameterRangeConfig>({
  name: 'parameter-range',
  label: 'Range of Dp',
  question: 'How do the estimates of D, f and Dp change when Dp is drawn from a wider range?',
  method:
    'Networks are trained and tested on simulated voxels whose Dp is uniform up to different upper ends, several times each from ' +
    'different seeds. Errors and the spread of the estimates are compared with those under the narrowest range.',
  schema: ParameterRangeKeys.superRefine(checkRanges),
  section: { order: 50, keys: ParameterRangeKeys, check: checkRanges },
  compare,
  keepEstimates: true,
  conditions: (config) =>
    config.Dp_up_to.map((end): PlannedCondition => {
      const tissue = {
        ...config.data.tissue,
        Dp: { uniform: [uniformRange(config.data.tissue.Dp)[0], end] as [number, number] },
      };
      return {
        factors: { Dp_up_to: end },
        reference: end === Math.min(...config.Dp_up_to),
        config: { ...config, data: { ...config.data, tissue } },
      };
    }),
});
