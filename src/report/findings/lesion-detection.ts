import { LESIONS, SENSITIVITY_AT_ONE } from '../../measures/lesion-detection.ts';
import { decimalText } from '../../tables/reading/number-text.ts';
import type { FindingOf, FindingSource } from '../finding.ts';

/** How many lesions are found at one false positive per scan. */
const lesionDetection: FindingOf = ({ rows }) => {
  const lesions = rows.find(({ metric }) => metric === LESIONS.name);
  const found = rows
    .filter(({ metric, value }) => metric === SENSITIVITY_AT_ONE.name && Number.isFinite(value))
    .map(
      ({ method, value, ciLow, ciHigh }) =>
        `${method} ${decimalText(value, 2)} (${decimalText(ciLow, 2)} to ${decimalText(ciHigh, 2)})`,
    );
  return {
    reported:
      'Networks detect lesions beside outlining structures; detection is reported as sensitivity at a number of false positives.',
    source: 'Zaharchuk et al., AJNR Am J Neuroradiol 2018;39:1776–1784',
    found:
      lesions && found.length > 0
        ? [
            `Of ${lesions.value} lesions in ${lesions.n} people, the share found at one false positive per scan is: ${found.join(', ')}.`,
          ]
        : [],
    otherwise: 'This run looked for no lesions.',
  };
};
export default {
  order: 45,
  against: 'paper',
  experiments: ['lesion-detection'],
  general: true,
  find: lesionDetection,
  answer: (run) => lesionDetection(run).found[0],
} satisfies FindingSource;
