import { PARAMETERS, type ParameterName } from '../../contracts/voxels.ts';
import {
  AS_ACQUIRED,
  denoisedMethod,
  LESION_BIAS,
  VOXEL_RMSE,
  VOXEL_RMSE_DIFFERENCE,
} from '../../measures/denoising.ts';
import { quantityOf } from '../../measures/quantities.ts';
import { denoisedFits, type DenoisedFits } from '../../tables/reading/denoised.ts';
import { roundedText } from '../../tables/reading/number-text.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { wordList } from '../phrases/lists-in-words.ts';

/** What each denoising does to the errors of each fitter, and the best of all; whichever way it falls. */
const denoising: FindingOf = ({ rows }) => {
  const fits = denoisedFits(rows);
  return {
    reported:
      'Veraart et al. report that leaving out the principal components which noise alone explains takes noise out of diffusion-weighted images and keeps anatomical detail.',
    source: 'Veraart et al., NeuroImage 2016;142:394–406',
    found: fits
      ? [
          bestOfAll(fits),
          ...fits.fitters.map((fitter) => ofFitter(fits, fitter, rows)),
          lesions(fits),
        ].filter((sentence) => sentence !== '')
      : [],
    otherwise: 'This run fitted no denoised series.',
  };
};
export default {
  order: 41,
  against: 'paper',
  experiments: ['denoise-ivim'],
  general: true,
  find: denoising,
  answer: (run) => denoising(run).found[0],
} satisfies FindingSource;

/** Of each parameter, what has the smallest error, beside the best without denoising. */
function bestOfAll({ fitters, denoisings, find }: DenoisedFits): string {
  const parts = PARAMETERS.map((parameter) => {
    const all = fitters.flatMap((fitter) =>
      denoisings.map((denoising) => ({
        fitter,
        denoising,
        value: find(VOXEL_RMSE, fitter, denoising, parameter)?.value ?? Infinity,
      })),
    );
    const least = (some: typeof all) => some.reduce((a, b) => (b.value < a.value ? b : a));
    const [best, plain] = [least(all), least(all.filter((each) => each.denoising === AS_ACQUIRED))];
    const error = (value: number) => shown(value, parameter);
    return best.denoising === AS_ACQUIRED
      ? `${parameter} ${error(best.value)} (${best.fitter} as acquired)`
      : `${parameter} ${error(best.value)} (${best.fitter} after ${best.denoising}; without denoising ${error(plain.value)}, ${plain.fitter})`;
  });
  return `The smallest errors are ${wordList(parts)}.`;
}

/** By how much each denoising changes the errors of one fitter, and where the interval of the difference excludes 0. */
function ofFitter(
  { denoisings, find }: DenoisedFits,
  fitter: string,
  rows: Parameters<FindingOf>[0]['rows'],
): string {
  const parts = denoisings
    .filter((name) => name !== AS_ACQUIRED)
    .map((name) => {
      const changes = PARAMETERS.map((parameter) => {
        const [before, after] = [AS_ACQUIRED, name].map(
          (each) => find(VOXEL_RMSE, fitter, each, parameter)?.value ?? NaN,
        );
        const difference = rows.find(
          (row) =>
            row.metric === VOXEL_RMSE_DIFFERENCE.name &&
            row.method === denoisedMethod(fitter, name) &&
            row.parameter === parameter &&
            row.factors.compared_with === fitter,
        );
        const told = difference && (difference.ciLow > 0 || difference.ciHigh < 0);
        const percent = Math.round(100 * (after / before - 1));
        return `${parameter} ${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)} %${told ? '' : ' (not told apart)'}`;
      });
      return `${name} ${changes.join(', ')}`;
    });
  return `${fitter}: the errors change by ${parts.join('; ')}.`;
}

/** The bias of Dp in the lesion. */
function lesions({ fitters, denoisings, find }: DenoisedFits): string {
  const parts = fitters.flatMap((fitter) => {
    const values = denoisings.flatMap((name) => {
      const value = find(LESION_BIAS, fitter, name, 'Dp')?.value;
      return value === undefined || !Number.isFinite(value)
        ? []
        : [
            `${name === AS_ACQUIRED ? 'as acquired' : name} ${value > 0 ? '+' : '−'}${Math.abs(Math.round(value))} %`,
          ];
    });
    return values.length === 0 ? [] : [`${fitter} ${values.join(', ')}`];
  });
  return parts.length === 0 ? '' : `Bias of Dp in the lesion: ${parts.join('; ')}.`;
}

const shown = (value: number, parameter: ParameterName): string => {
  const { scale, shownUnit } = quantityOf(parameter);
  return `${roundedText(value * scale, 3)}${shownUnit === 'fraction' || shownUnit === '' ? '' : ` ${shownUnit}`}`;
};
