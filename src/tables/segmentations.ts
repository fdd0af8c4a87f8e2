import { TRUTH } from '../contracts/metric.ts';
import type { Line, Table } from '../contracts/table.ts';
import { DICE, DICE_OVER_READERS, HD95, SURFACE_DISTANCE } from '../measures/segmentation.ts';
import { regionText } from './reading/regions.ts';
import {
  readersAgreement,
  segmentationMethods,
  segmentationValue,
  segmentedRegions,
} from './reading/segmentation-methods.ts';

const table: Table = {
  title: 'Agreement with the truth, by region',
  order: 1,
  beside: 'segmentation-dice',
  caption:
    'Dice, 95th percentile of the Hausdorff distance and average surface distance of regions from the true ones, as means over people with their 95 % intervals; everyone is ' +
    'marked by a method that has not seen them. The last columns are the Dice between readers, and the mean Dice of a method with the readers less it, in the same people.',
  build(rows) {
    const methods = segmentationMethods(rows).filter(({ condition }) => condition === '');
    if (methods.length === 0) return null;
    return {
      columns: [
        { name: 'region', label: 'Region' },
        { name: 'method', label: 'Method' },
        { name: 'dice', label: 'Dice', decimals: 3 },
        { name: 'hd95', label: 'HD95 (mm)', decimals: 1 },
        { name: 'surface_distance', label: 'Surface distance (mm)', decimals: 2 },
        { name: 'dice_between_readers', label: 'Dice between readers', decimals: 3 },
        { name: 'dice_over_readers', label: 'Dice with readers less that', decimals: 3 },
      ],
      lines: segmentedRegions(rows).flatMap((region) =>
        methods.map((method): Line => {
          const of = (measure: { readonly name: string }) =>
            segmentationValue(rows, method, measure, { region, reference: TRUTH });
          return {
            values: [
              regionText(region),
              method.name,
              of(DICE),
              of(HD95),
              of(SURFACE_DISTANCE),
              readersAgreement(rows, region),
              segmentationValue(rows, method, DICE_OVER_READERS, { region }),
            ],
          };
        }),
      ),
    };
  },
};
export default table;
