import type { Metric } from 'ivim-bench';

/** Share of voxels that come out within 20 % of the truth. */
export default {
  label: 'within 20 %',
  definition: 'share of the voxels that did not fail whose estimate is within 20 % of the truth',
  unit: () => '',
  over({ estimate, truth }) {
    const near = estimate.map((value, i) => Number(Math.abs(value - truth[i]) <= 0.2 * truth[i]));
    return (weights) => {
      let hits = 0;
      let all = 0;
      for (let i = 0; i < estimate.length; i++) {
        if (Number.isNaN(estimate[i])) continue; // failed
        const weight = weights === null ? 1 : weights[i];
        all += weight;
        hits += weight * near[i];
      }
      return all > 0 ? hits / all : NaN;
    };
  },
} satisfies Metric;
