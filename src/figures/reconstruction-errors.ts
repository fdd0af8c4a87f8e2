import type { Figure } from '../contracts/figure.ts';
import { NRMSE_PERCENT } from '../measures/reconstruction.ts';
import { SSIM } from '../measures/synthesis.ts';
import { armsOf } from '../tables/reading/reconstruction-methods.ts';
import { againstAcceleration } from './look/against-acceleration.ts';

const figure: Figure = {
  title: 'Error against acceleration',
  order: 1,
  caption:
    'Root-mean-square error of the magnitude in per cent of the true image, and SSIM, over the brain: means over subjects with their 95 % intervals, of subjects ' +
    'like those of the training and of another head.',
  draw(rows) {
    if (armsOf(rows).length === 0) return null;
    const panels = againstAcceleration(rows, [
      { measure: NRMSE_PERCENT, title: 'NRMSE (%)', fromZero: true },
      { measure: SSIM, title: 'SSIM', fromZero: false },
    ]);
    return panels && { ...panels, description: figure.title };
  },
};
export default figure;
