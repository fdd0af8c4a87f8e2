import type { Row } from '../../src/contracts/metric.ts';
import { DETECTION_FLOORS } from '../../src/measures/lesion-detection.ts';
import { RATES } from '../../src/segmented/detection-cells.ts';

/** Rows of a made-up study that looks for lesions. */
export const lesionDetectionRows = (): Row[] =>
  ['unet', ...Object.values(DETECTION_FLOORS)].flatMap((method, m) => {
    const row = (metric: string, value: number, factors: Row['factors'] = {}): Row => ({
      ...{ experiment: 'lesion-detection', method, metric, value, parameter: '', unit: '', n: 20 },
      ...{ ciLow: value - 0.1, ciHigh: value + 0.1, factors: { set: 'test', ...factors } },
    });
    const at = (rate: number) => Math.min(0.9, 0.5 + 0.1 * Math.log2(rate) - 0.1 * m);
    return [
      row('lesions', 31),
      ...RATES.map((rate) => row('froc_sensitivity', at(rate), { false_positives: rate })),
      row('sensitivity_at_1_fp', at(1)),
      row('false_positives_per_scan', 6 + m),
    ];
  });
