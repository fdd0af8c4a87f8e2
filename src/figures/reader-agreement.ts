import type { Figure } from '../contracts/figure.ts';
import { ICC2 } from '../measures/agreement.ts';
import { volunteerClaims } from '../tables/published/volunteer-claims.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { intervalPanels } from './look/interval-panels.ts';

const figure: Figure = {
  title: 'Agreement between readers',
  order: 2.3,
  caption:
    'Intraclass correlation ICC(2,1) of region means between readers, over all regions of all people, with its 95 % interval from the F ' +
    'distribution. The grey band is the range reported by the study, 50–97 %. For virtual people, `truth` is the agreement of the ' +
    'true means inside the regions that the readers drew.',
  draw(rows, _pictures, manifest) {
    const shown = rows.filter(({ metric }) => metric === ICC2.name);
    const spec = intervalPanels(rows, shown, floorOf(manifest), {
      title: 'ICC (%)',
      scale: 100,
      unit: '%',
      reported: volunteerClaims.iccPercent,
      holds: [100],
    });
    return spec && { ...spec, description: figure.title };
  },
};
export default figure;
