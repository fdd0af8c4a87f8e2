import type { Figure } from '../contracts/figure.ts';
import { FALSE_CONTRAST, LESION_DETECTABILITY, LESION_KEPT } from '../measures/reconstruction.ts';
import { armsOf } from '../tables/reading/reconstruction-methods.ts';
import { againstAcceleration } from './look/against-acceleration.ts';

const figure: Figure = {
  title: 'Small lesions against acceleration',
  order: 3,
  caption:
    'The share of its contrast that a small lesion keeps, its detectability d′, and the largest contrast that a disc as large as a lesion shows in a brain without lesions: ' +
    'on the dashed line something that is not there is as conspicuous as a lesion. Means over subjects with their 95 % intervals.',
  draw(rows) {
    if (armsOf(rows).length === 0) return null;
    const panels = againstAcceleration(rows, [
      { measure: LESION_KEPT, title: 'contrast kept', rule: 1, fromZero: true },
      { measure: LESION_DETECTABILITY, title: 'detectability d′', fromZero: true },
      { measure: FALSE_CONTRAST, title: 'largest false contrast', rule: 1, fromZero: true },
    ]);
    return panels && { ...panels, description: figure.title };
  },
};
export default figure;
