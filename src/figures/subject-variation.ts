import type { Figure } from '../contracts/figure.ts';
import { CV_PERCENT } from '../measures/agreement.ts';
import { volunteerClaims } from '../tables/published/volunteer-claims.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { intervalPanels } from './look/interval-panels.ts';

const figure: Figure = {
  title: 'Variation between people',
  order: 2.4,
  caption:
    'Coefficient of variation of region means between people, readers averaged, mean over the regions, with its 95 % interval from a ' +
    'bootstrap over people. The grey band is what the study reports, 9.2–28.4 %. Small is not good in itself: people do differ, and where ' +
    'they are virtual `truth` says by how much.',
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
