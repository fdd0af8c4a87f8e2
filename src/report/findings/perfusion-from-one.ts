import type { Row } from '../../contracts/metric.ts';
import {
  FILTER_NAMES,
  LESION_CONTRAST,
  ONE,
  RMSE_DIFFERENCE,
  RMSE_OF_FLOOR,
  RMSE_PERCENT,
  SIX_REPETITIONS,
} from '../../measures/synthesis.ts';
import { ZAHARCHUK_2018 } from '../../tables/published/zaharchuk-2018.ts';
import { imageMethods, imageSets, imageValue } from '../../tables/reading/image-methods.ts';
import { decimalText } from '../../tables/reading/number-text.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { percent } from '../phrases/percent.ts';

/** How near networks come to six repetitions and to the truth, beside what the review reports. */
const perfusionFromOne: FindingOf = ({ rows }) => {
  const methods = imageMethods(rows);
  const one = methods.find(({ name }) => name === ONE);
  const six = methods.find(({ name }) => name === SIX_REPETITIONS);
  const networks = methods.filter(({ trainings }) => trainings > 0);
  const found = imageSets(rows).flatMap(([set, label]) => {
    const raw = one && imageValue(one, RMSE_PERCENT, { set, reference: 'six' });
    // Images of people have no truth.
    const reference = six && imageValue(six, RMSE_PERCENT, { set, reference: 'truth' });
    if (!raw) return [];
    return networks
      .filter(({ condition }) => condition === '')
      .flatMap((network) => {
        const [error, ofFloor, truth, seen, unseen] = [
          imageValue(network, RMSE_PERCENT, { set, reference: 'six' }),
          imageValue(network, RMSE_OF_FLOOR, { set }),
          imageValue(network, RMSE_PERCENT, { set, reference: 'truth' }),
          imageValue(network, LESION_CONTRAST, { set, lesion: 'seen' }),
          imageValue(network, LESION_CONTRAST, { set, lesion: 'unseen' }),
        ];
        if (!error || !ofFloor) return [];
        const againstTruth =
          truth && reference
            ? `; against the truth it is ${percent(truth.value)}, that of six repetitions ${percent(reference.value)}`
            : '';
        return [
          `${network.name}, ${label}: the error against six falls from ${percent(raw.value)} for one repetition to ${percent(error.value)}, ${decimalText(ofFloor.value, 2)} times ` +
            `the floor that the noise of the six sets${againstTruth}. ` +
            `${betterThanAll(network.rows, set)}${keeps(seen, unseen)}`,
        ];
      });
  });
  return {
    reported: `The review shows arterial spin labelling whose error against the mean of six repetitions falls from ${ZAHARCHUK_2018.one} % for one repetition to ${ZAHARCHUK_2018.network} % for the image that a network makes of it with proton-density- and T2-weighted images.`,
    source: 'Zaharchuk et al., AJNR 2018;39:1776–1784',
    found:
      found.length === 0
        ? []
        : [
            ...found,
            (six
              ? 'Unlike the review’s, these people are virtual: deformations of an average head and of one person’s. '
              : 'The noise of these subjects, and with it the floor, is estimated from how their repetitions differ. ') +
              'With independent repetitions no method can bring the error against six below 0.38 of that of one repetition (0.41 where the one is among the six). The ratio of the review’s figures, 0.37, is below this floor, so its repetitions did not have independent noise, or its error is computed otherwise.',
          ],
    otherwise: 'This run made no images of one repetition.',
  };
};
export default {
  order: 40,
  against: 'paper',
  experiments: ['snr-boost'],
  general: true,
  find: perfusionFromOne,
  answer: (run) => perfusionFromOne(run).found[0],
} satisfies FindingSource;

/** Whether every filter, on these subjects, is further from six repetitions. */
function betterThanAll(rows: readonly Row[], set: string): string {
  const against = rows.filter(
    ({ metric, factors }) =>
      metric === RMSE_DIFFERENCE.name &&
      factors.set === set &&
      factors.reference === 'six' &&
      FILTERS.includes(String(factors.compared_with)),
  );
  if (against.length === 0) return '';
  const named = (some: readonly Row[]) => some.map(({ factors }) => String(factors.compared_with)).join(', ');
  const nearer = against.filter(({ ciLow }) => ciLow > 0);
  const open = against.filter(({ ciLow, ciHigh }) => !(ciHigh < 0) && !(ciLow > 0));
  if (nearer.length + open.length === 0) {
    return 'Every filter is further from them, with intervals of the difference that exclude 0. ';
  }
  return [
    ...(nearer.length > 0 ? [`Nearer to them: ${named(nearer)}. `] : []),
    ...(open.length > 0 ? [`Not told apart from it: ${named(open)}. `] : []),
  ].join('');
}

const FILTERS: readonly string[] = Object.values(FILTER_NAMES);

const keeps = (seen: { value: number } | null, unseen: { value: number } | null): string =>
  seen && unseen
    ? `Lesions keep ${decimalText(seen.value, 2)} of their contrast where the weighted images show them and ${decimalText(unseen.value, 2)} where they don’t.`
    : '';
