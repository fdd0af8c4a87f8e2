import type { Row } from '../../src/contracts/metric.ts';
import type { Picture } from '../../src/contracts/picture.ts';
import { measuredRow, plainRow, type RowSubject } from '../../src/measures/measured-rows.ts';
import {
  COMPRESSED_SENSING,
  DATA_RESIDUAL,
  FALSE_CONTRAST,
  LESION_DETECTABILITY,
  LESION_KEPT,
  NRMSE_DIFFERENCE,
  NRMSE_PERCENT,
  NRMSE_RATIO,
  REGULARISATION,
} from '../../src/measures/reconstruction.ts';
import { PSNR, SSIM } from '../../src/measures/synthesis.ts';

const EXPERIMENT = 'reconstruction';
const ARMS = [
  { coils: 1, acceleration: 2 },
  { coils: 1, acceleration: 4 },
  { coils: 8, acceleration: 4 },
];
const CHANGES = [
  { name: 'noise x 2', acceleration: 4 },
  { name: 'acceleration 5', acceleration: 5 },
  { name: 'T1-weighted', acceleration: 4 },
];
const about = (method: string): RowSubject => ({ experiment: EXPERIMENT, method, factors: {} });
const estimate = (value: number) => ({ value, low: 0.9 * value, high: 1.1 * value, n: 8 });

/** Rows of a study of undersampled k-space: networks, two regularisers, and zeros. */
export function reconstructionRows(networks: readonly string[] = ['unet', 'unrolled']): Row[] {
  const methods = ['zero-filled', 'total variation', 'wavelets', ...networks];
  return methods.flatMap((method, place) => {
    const factor = 1.4 - 0.15 * place;
    return [
      ...(['test', 'other'] as const).flatMap((set, i) =>
        ARMS.flatMap((arm) => {
          const error = (factor * arm.acceleration * (4 + i)) / arm.coils ** 0.3;
          const factors = { set, ...arm };
          return [
            measuredRow(about(method), NRMSE_PERCENT, estimate(error), factors),
            measuredRow(about(method), PSNR, estimate(40 - error), factors),
            measuredRow(about(method), SSIM, estimate(1 - error / 100), factors),
            plainRow(about(method), DATA_RESIDUAL, method === 'unrolled' ? 2e-7 : 0.1, 48, factors),
            measuredRow(about(method), LESION_KEPT, estimate(1 - error / 40), factors),
            measuredRow(about(method), LESION_DETECTABILITY, estimate(60 / error), factors),
            measuredRow(about(method), FALSE_CONTRAST, estimate(error / 30), factors),
            ...(networks.includes(method)
              ? [COMPRESSED_SENSING, 'zero-filled'].flatMap((rival) => [
                  measuredRow(
                    about(method),
                    NRMSE_DIFFERENCE,
                    { value: -2, low: -3, high: -1, n: 8 },
                    { ...factors, compared_with: rival },
                  ),
                  measuredRow(about(method), NRMSE_RATIO, estimate(0.8), {
                    ...factors,
                    compared_with: rival,
                  }),
                ])
              : []),
          ];
        }),
      ),
      ...(['total variation', 'wavelets'].includes(method)
        ? ARMS.map((arm) => plainRow(about(method), REGULARISATION, 0.01, 4, arm))
        : []),
      ...CHANGES.map(({ name, acceleration }, i) =>
        measuredRow(about(method), NRMSE_PERCENT, estimate(factor * 18 + i), {
          ...{ set: 'test', coils: 1, acceleration },
          changed: name,
        }),
      ),
    ];
  });
}

/** What these methods make of a slice of four by three pixels, and of two by two of them. */
export function reconstructionPictures(networks: readonly string[] = ['unet', 'unrolled']): Picture[] {
  return (['test', 'other'] as const).flatMap((set) =>
    ARMS.slice(1).flatMap((arm) =>
      ['truth', 'zero-filled', 'total variation', 'wavelets', ...networks].flatMap((method, place) =>
        (['magnitude', 'zoom'] as const).map((quantity): Picture => {
          const [width, height] = quantity === 'zoom' ? [2, 2] : [4, 3];
          return {
            ...{ experiment: EXPERIMENT, method, quantity, width, height, pixel: [2, 2] },
            factors: { set, ...arm },
            values: Float32Array.from({ length: width * height }, (_, i) => 0.2 * i + 0.05 * place),
          };
        }),
      ),
    ),
  );
}
