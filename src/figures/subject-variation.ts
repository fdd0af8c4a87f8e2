import type { Figure } from '../contracts/figure.ts';
import { CV_PERCENT } from '../measures/agreement.ts';
import { hasPublishedSetting } from '../tables/published/study-setting.ts';
import { volunteerClaims } from '../tables/published/volunteer-claims.ts';
import { configOf } from '../tables/reading/config-of.ts';
import { floorOf } from '../tables/reading/reference-fitter.ts';
import { intervalPanels } from './look/interval-panels.ts';

const figure: Figure = {
  title: 'Variation between people',
  order: 2.4,
  caption:
    'Coefficient of variation of region means between people, averaged over readers, mean over the regions, with its 95 % jackknife ' +
    'interval over people. A grey band, in a repetition of the study, is the range that its abstract reports, 9.2–28.4 %. A small value is not good in itself: people ' +
    'differ, and for virtual people `truth` shows by how much.',
  draw(rows, _pictures, manifest) {
    // Fits of denoised series are too many, and have a table of their own.
    const shown = rows.filter(
      ({ metric, factors }) =>
        metric === CV_PERCENT.name && !('region' in factors) && !('denoising' in factors),
    );
    const spec = intervalPanels(rows, shown, floorOf(manifest), {
      title: 'CV (%)',
      scale: 1,
      unit: '%',
      ...(hasPublishedSetting('volunteers', configOf(manifest, 'volunteers'))
        ? { reported: volunteerClaims.cvPercent }
        : {}),
      fromZero: true,
    });
    return spec && { ...spec, description: figure.title };
  },
};
export default figure;
