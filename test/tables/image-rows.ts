import { TRUTH, type Row } from '../../src/contracts/metric.ts';
import type { Picture } from '../../src/contracts/picture.ts';
import { LESION_CONTRAST, PSNR, RMSE_FLOOR, RMSE_PERCENT, SSIM } from '../../src/measures/synthesis.ts';
import { imageRow } from '../../src/synthesised/rows.ts';

const EXPERIMENT = 'snr-boost';
const SETS = ['test', 'other'] as const;

/** Rows of a study that makes images: two networks (one under a condition too), a filter, and what was acquired. */
export function imageRows(networks: readonly string[] = ['unet', 'mine']): Row[] {
  return [
    ...networks.flatMap((name, i) => [
      ...method(name, { seed: 1 }, 10 + i),
      ...method(name, { seed: 2 }, 11 + i),
      ...method(name, { seed: 1, condition: 'one repetition alone' }, 14 + i),
    ]),
    ...method('Gaussian', {}, 16),
    ...method('one repetition', {}, 25),
    ...method('six repetitions', {}, 9),
    ...SETS.map((set) =>
      imageRow(
        { experiment: EXPERIMENT, method: 'six repetitions', factors: { set, reference: 'six' } },
        RMSE_FLOOR,
        { value: 9.5, low: NaN, high: NaN, n: 8 },
      ),
    ),
  ];
}

function method(name: string, factors: Row['factors'], error: number): Row[] {
  const about = { experiment: EXPERIMENT, method: name, factors };
  const around = (value: number, n = 8) => ({ value, low: 0.9 * value, high: 1.1 * value, n });
  return SETS.flatMap((set, k) => [
    ...['six', 'truth'].flatMap((reference, i) => {
      const of = { ...about, factors: { ...factors, set, reference } };
      return [
        imageRow(of, RMSE_PERCENT, around(error * (1 + 0.3 * k) - i)),
        imageRow(of, PSNR, around(30 - error / 5)),
        imageRow(of, SSIM, around(1 - error / 100)),
        ...('seed' in factors && reference === 'truth'
          ? ['T2w zeroed', 'swapped'].map((shift) => imageRow(of, RMSE_PERCENT, around(2 * error), { shift }))
          : []),
      ];
    }),
    ...['seen', 'unseen'].map((lesion, i) =>
      imageRow({ ...about, factors: { ...factors, set, lesion } }, LESION_CONTRAST, around(0.9 - 0.1 * i)),
    ),
  ]);
}

/** A slice of one subject of each set: what is true, what a network is given, and what it makes. */
export const imagePictures = (): Picture[] =>
  SETS.flatMap((set, k) =>
    [
      { quantity: 'perfusion', of: TRUTH },
      { quantity: 'perfusion', of: 'one repetition' },
      { quantity: 'perfusion', of: 'unet' },
      { quantity: 'T2w', of: '' },
    ].map(({ quantity, of }, i) => ({
      experiment: EXPERIMENT,
      method: of,
      quantity,
      factors: { set, ...(of === 'unet' ? { seed: 1 } : {}) },
      width: 4,
      height: 3,
      pixel: [3, 3] as const,
      values: Float32Array.from({ length: 12 }, (_, at) => 40 + 20 * Math.sin(at + i + k)),
    })),
  );
