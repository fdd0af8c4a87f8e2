import type { Fitter } from 'ivim-bench';

export default {
  label: 'Two-point D and f',
  source: 'textbook: the line through log S at two b-values',
  estimates: ['D', 'f'], // Dp stays NaN
  guarantees: [], // some perfusion signal remains at b=200: not exact
  prepare: async ({ bValues }) => {
    const width = bValues.length;
    const low = bValues.findIndex((b) => b >= 200);
    return {
      fit({ values, scale, n }, out) {
        for (let i = 0; i < n; i++) {
          let sum = scale[i];
          for (let k = 0; k < width; k++) sum += values[i * width + k];
          const [first, last] = [values[i * width + low], values[i * width + width - 1]];
          const D = Math.max(0, Math.log(first / last) / (bValues[width - 1] - bValues[low]));
          const f = Math.min(1, Math.max(0, 1 - first * Math.exp(bValues[low] * D)));
          const usable = Number.isFinite(sum) && scale[i] > 0;
          const found = usable && Number.isFinite(D + f);
          out.status[i] = found ? 0 : usable ? 16 : 17; // converged, not converged, not finite
          [out.S0[i], out.D[i], out.f[i]] = found ? [scale[i], D, f] : [NaN, NaN, NaN];
          out.Dp[i] = NaN;
        }
        if (out.sd) for (const sd of Object.values(out.sd)) sd.fill(NaN); // not estimated
      },
    };
  },
} satisfies Fitter;
