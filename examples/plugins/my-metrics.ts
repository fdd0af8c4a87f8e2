import type { Metric, MetricFamily } from 'ivim-bench';

/** Shares of voxels that come out within 10 and 20 % of the truth. */
export default {
  family: { within_10_percent: within(0.1), within_20_percent: within(0.2) },
} satisfies MetricFamily;

function within(tolerance: number): Metric {
  return {
    label: `within ${100 * tolerance} %`,
    definition: `share of the voxels that did not fail whose estimate is within ${100 * tolerance} % of the truth`,
    unit: () => '',
    over({ estimate, truth }) {
      return (weights) => {
        let hits = 0;
        let all = 0;
        for (let i = 0; i < estimate.length; i++) {
          if (Number.isNaN(estimate[i])) continue; // failed
          const weight = weights === null ? 1 : weights[i];
          all += weight;
          if (Math.abs(estimate[i] - truth[i]) <= tolerance * truth[i]) hits += weight;
        }
        return all > 0 ? hits / all : NaN;
      };
    },
  };
}
