import type { Figure } from '../contracts/figure.ts';
import { CV_PERCENT } from '../measures/agreement.ts';
import { volunteerClaims } from '../tables/published/volunteer-claims.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { intervalPanels } from './look/interval-panels.ts';

const figure: Figure = {
  title: 'Variation between people',
  order: 2.4,
  caption:
    'Coefficient of variation of region means between people, averaged over readers, mean over the regions, with its 95 % interval from a ' +
    'bootstrap over people. The grey band is the range reported by the study, 9.2–28.4 %. A small value is not good in itself: people ' +
    'differ, and for virtual people `truth` shows by how much.',
  draw(rows, _pictures, manifest) {
    const shown = rows.filter(({ metric, factors }) => metric === CV_PERCENT.name && !('region' in factors));
    const spec = intervalPanels(rows, shown, floorOf(manifest), {
      title: 'CV (%)',
      scale: 1,
      unit: '%',
      reported: volunteerClaims.cvPercent,
      holds: [0],
    });
    return spec && { ...spec, description: figure.title };
  },
};
export default figure;
