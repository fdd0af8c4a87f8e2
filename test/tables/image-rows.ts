import type { Row } from '../../src/contracts/metric.ts';
import type { Picture } from '../../src/contracts/picture.ts';
import {
  LESION_CONTRAST,
  PSNR,
  RMSE_DIFFERENCE,
  RMSE_FLOOR,
  RMSE_OF_FLOOR,
  RMSE_PERCENT,
  SSIM,
  STRUCTURE_LEAK,
} from '../../src/measures/synthesis.ts';
import { type RowSubject, measuredRow } from '../../src/measures/measured-rows.ts';

const EXPERIMENT = 'snr-boost';
const SETS = ['test', 'other'] as const;
const about = (method: string, factors: Row['factors'] = {}): RowSubject => ({
  experiment: EXPERIMENT,
  method,
  factors,
});
const estimate = (value: number) => ({ value, low: 0.9 * value, high: 1.1 * value, n: 12 });

/** Rows of a study of images: networks, one of them under conditions, filters, acquired images and the floor. */
export function imageRows(networks: readonly string[] = ['unet', 'wide']): Row[] {
  return [
    ...networks.flatMap((name, i) => [
      ...[1, 2].flatMap((seed) => scores(about(name, { seed }), 9 + i + seed / 10, true)),
      // Both trainings together.
      ...scores(about(name), 9.15 + i, true),
      ...compared(about(name), 1.2 + i / 10),
    ]),
    ...scores(about(networks[0], { condition: 'one repetition alone', seed: 1 }), 14, false),
    ...compared(about(networks[0], { condition: 'one repetition alone' }), 1.5),
    ...scores(about('Gaussian filter'), 18, false),
    ...compared(about('Gaussian filter'), 1.9),
    ...scores(about('one repetition'), 27, false),
    ...SETS.flatMap((set) => [
      measuredRow(about('six repetitions'), RMSE_PERCENT, estimate(11), { set, reference: 'truth' }),
      measuredRow(about('noise floor'), RMSE_FLOOR, estimate(10.5), { set }),
    ]),
  ];
}

function scores(subject: RowSubject, error: number, weighted: boolean): Row[] {
  return SETS.flatMap((set, place) => {
    const worse = error + 2 * place;
    return [
      ...(['six', 'truth'] as const).flatMap((reference) => [
        measuredRow(subject, RMSE_PERCENT, estimate(worse + (reference === 'six' ? 4 : 0)), {
          set,
          reference,
        }),
        measuredRow(subject, PSNR, estimate(30 - worse / 10), { set, reference }),
        measuredRow(subject, SSIM, estimate(1 - worse / 100), { set, reference }),
      ]),
      ...(['seen', 'unseen'] as const).map((lesion, i) =>
        measuredRow(subject, LESION_CONTRAST, estimate(0.9 - 0.05 * i), { set, lesion }),
      ),
      ...(weighted
        ? ['T2w zeroed', 'swapped'].flatMap((shift, i) => [
            measuredRow(subject, RMSE_PERCENT, estimate(worse + 10 * (i + 1)), {
              set,
              reference: 'truth',
              shift,
            }),
            ...(shift === 'swapped'
              ? [measuredRow(subject, STRUCTURE_LEAK, estimate(0.4), { set, shift })]
              : []),
          ])
        : []),
    ];
  });
}

const compared = (subject: RowSubject, ofFloor: number): Row[] =>
  SETS.flatMap((set) => [
    measuredRow(subject, RMSE_OF_FLOOR, estimate(ofFloor), { set }),
    measuredRow(
      subject,
      RMSE_DIFFERENCE,
      { value: -8, low: -9, high: -7, n: 12 },
      {
        ...{ set, reference: 'six', compared_with: 'Gaussian filter' },
      },
    ),
  ]);

/** What these methods make of a slice of four by three pixels. */
export function imagePictures(networks: readonly string[] = ['unet', 'wide']): Picture[] {
  const picture = (method: string, quantity: string, factors: Row['factors'], level: number): Picture => ({
    ...{ experiment: EXPERIMENT, method, quantity, factors, width: 4, height: 3, pixel: [3, 3] },
    values: Float32Array.from({ length: 12 }, (_, i) => level + 5 * i),
  });
  return SETS.flatMap((set) => [
    picture('truth', 'perfusion', { set }, 20),
    picture('six repetitions', 'perfusion', { set }, 22),
    picture('one repetition', 'perfusion', { set }, 30),
    picture('Gaussian filter', 'perfusion', { set }, 25),
    picture('', 'PDw', { set }, 1),
    picture('', 'T2w', { set }, 2),
    ...networks.flatMap((name) => [1, 2].map((seed) => picture(name, 'perfusion', { set, seed }, 20 + seed))),
  ]);
}
