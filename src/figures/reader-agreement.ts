import type { Figure } from '../contracts/figure.ts';
import { ICC2 } from '../measures/agreement.ts';
import { hasPublishedSetting } from '../tables/published/study-setting.ts';
import { volunteerClaims } from '../tables/published/volunteer-claims.ts';
import { configOf } from '../tables/reading/config-of.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { intervalPanels } from './look/interval-panels.ts';

const figure: Figure = {
  title: 'Agreement between readers',
  order: 2.3,
  caption:
    'Intraclass correlation ICC(2,1) between readers of the region means over all regions of all people, with 95 % jackknife ' +
    'intervals over people, of which the part below 0 is not shown where no estimate is; most of it is that organs differ (within regions: the table). A grey band, in a repetition of the study, is the range that its abstract reports, 50–97 %. For virtual people, `truth` is the agreement of the ' +
    'true means inside the regions that the readers drew.',
  draw(rows, _pictures, manifest) {
    // Fits of denoised series are too many, and have a table of their own.
    const shown = rows.filter(({ metric, factors }) => metric === ICC2.name && !('denoising' in factors));
    const spec = intervalPanels(rows, shown, floorOf(manifest), {
      title: 'ICC (%)',
      scale: 100,
      unit: '%',
      ...(hasPublishedSetting('volunteers', configOf(manifest, 'volunteers'))
        ? { reported: volunteerClaims.iccPercent }
        : {}),
      fromZero: false,
    });
    return spec && { ...spec, description: figure.title };
  },
};
export default figure;
