import { mean } from 'simple-statistics';
import type { Row } from '../../contracts/metric.ts';
import {
  COMPRESSED_SENSING,
  FALSE_CONTRAST,
  LESION_KEPT,
  NRMSE_DIFFERENCE,
  NRMSE_PERCENT,
  NRMSE_RATIO,
} from '../../measures/reconstruction.ts';
import { IMAGE_SETS } from '../../tables/reading/image-methods.ts';
import {
  armsOf,
  isNetwork,
  reconstructionMethods,
  reconstructionValue,
  type Arm,
} from '../../tables/reading/reconstruction-methods.ts';
import { decimalText } from '../../tables/reading/number-text.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { percent } from '../phrases/percent.ts';

/** How networks stand to compressed sensing, and what lesions lose, beside what the papers on unrolled networks report. */
const undersampled: FindingOf = ({ rows }) => {
  const arms = armsOf(rows);
  // The best one first: the answer of the report is about it.
  const networks = reconstructionMethods(rows)
    .filter(isNetwork)
    .sort((a, b) => meanError(rows, a, arms) - meanError(rows, b, arms));
  const compared = networks.flatMap((network) =>
    receiversOf(arms).flatMap((coils) =>
      IMAGE_SETS.flatMap(([set, label]) => {
        const each = arms
          .filter((arm) => arm.coils === coils)
          .flatMap((arm) => comparisonAt(rows, network, set, arm));
        if (each.length === 0) return [];
        return [`${network}, ${coilsInWords(coils)}, ${label}: ${each.join('; ')}.`];
      }),
    ),
  );
  const lost = arms.flatMap((arm) => lossAt(rows, networks, arm));
  return {
    reported:
      'Frames of cardiac MRI that a cascade of networks with data consistency reconstructs one by one have a lower error than those of compressed sensing by dictionary ' +
      'learning; of whole sequences the anatomy is preserved up to an 11-fold undersampling.',
    source: 'Schlemper et al., IEEE Trans Med Imaging 2018;37:491–503',
    found:
      compared.length === 0
        ? []
        : [
            ...compared,
            ...(lost.length === 0
              ? []
              : [`What becomes of small lesions in unseen subjects: ${lost.join('; ')}.`]),
            'Unlike the papers’, these heads are virtual and their coil sensitivities are known, and compressed sensing is total variation or wavelets, whichever is better on validation subjects.',
          ],
    otherwise: 'This run reconstructed no undersampled images with a network.',
  };
};
export default {
  order: 41,
  against: 'paper',
  experiments: ['reconstruction'],
  general: true,
  find: undersampled,
  answer: (run) => undersampled(run).found[0],
} satisfies FindingSource;

const receiversOf = (arms: readonly Arm[]): number[] => [...new Set(arms.map(({ coils }) => coils))];
const coilsInWords = (coils: number): string => (coils === 1 ? 'one coil' : `${coils} coils`);

/** Mean error over receivers and accelerations, of subjects like those of the training. */
function meanError(rows: readonly Row[], network: string, arms: readonly Arm[]): number {
  const [[set]] = IMAGE_SETS;
  const errors = arms.flatMap(
    (arm) => reconstructionValue(rows, network, NRMSE_PERCENT, { set, ...arm })?.value ?? [],
  );
  return errors.length > 0 ? mean(errors) : Infinity;
}

function comparisonAt(rows: readonly Row[], network: string, set: string, arm: Arm): string[] {
  const factors = { set, ...arm };
  const error = reconstructionValue(rows, network, NRMSE_PERCENT, factors);
  const against = { ...factors, compared_with: COMPRESSED_SENSING };
  const ratio = reconstructionValue(rows, network, NRMSE_RATIO, against);
  const difference = reconstructionValue(rows, network, NRMSE_DIFFERENCE, against);
  if (!error || !ratio || !difference) return [];
  const told =
    difference.high < 0
      ? ''
      : difference.low > 0
        ? ', which is worse'
        : ', a difference whose interval holds 0';
  return [
    `at ${arm.acceleration}-fold the error is ${percent(error.value)}, ${decimalText(ratio.value, 2)} times that of compressed sensing${told}`,
  ];
}

function lossAt(rows: readonly Row[], networks: readonly string[], arm: Arm): string[] {
  const factors = { set: 'test', ...arm };
  const told = networks.flatMap((network) => {
    const kept = reconstructionValue(rows, network, LESION_KEPT, factors);
    const spurious = reconstructionValue(rows, network, FALSE_CONTRAST, factors);
    if (!kept || !spurious) return [];
    return [
      `${network} keeps ${decimalText(kept.value, 2)} of their contrast and shows ${decimalText(spurious.value, 2)} of it where there is none`,
    ];
  });
  if (told.length === 0) return [];
  return [`at ${arm.acceleration}-fold with ${coilsInWords(arm.coils)} ${told.join(', ')}`];
}
