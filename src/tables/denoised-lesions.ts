import type { Line, Table } from '../contracts/table.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { LESION_BIAS, LESION_RECOVERY } from '../measures/denoising.ts';
import { denoisedFits, denoisingText } from './reading/denoised.ts';
import { withInterval } from './reading/with-interval.ts';

const table: Table = {
  title: 'A lesion after denoising',
  order: 2,
  beside: 'denoised-errors',
  caption:
    'Bias of the mean over the lesion, in per cent of its true mean, and the share of the true difference from the same place without the lesion that is ' +
    'found: means over people with their 95 % intervals. Pairs of scans have the same noise.',
  build(rows) {
    const fits = denoisedFits(rows);
    if (!fits) return null;
    const { fitters, denoisings, find } = fits;
    return {
      columns: [
        { name: 'fitter', label: 'Fitter' },
        { name: 'denoising', label: 'Denoising' },
        ...PARAMETERS.map((name) => ({ name: `bias_${name}`, label: `Bias of ${name} (%)`, decimals: 0 })),
        ...PARAMETERS.map((name) => ({
          name: `recovered_${name}`,
          label: `Contrast of ${name} found`,
          decimals: 2,
        })),
      ],
      lines: fitters.flatMap((fitter) =>
        denoisings.map((denoising): Line => ({
          values: [
            fitter,
            denoisingText(denoising),
            ...[LESION_BIAS, LESION_RECOVERY].flatMap((measure) =>
              PARAMETERS.map((name) => withInterval(find(measure, fitter, denoising, name))),
            ),
          ],
        })),
      ),
    };
  },
};
export default table;
