/** How far from the published means of healthy organs an estimate may lie, as a factor. */
const FACTOR = 3;
const S0 = [0.5, 2] as const;

/** Least and greatest published mean; D and Dp in 10⁻³ mm²/s. */
interface Means {
  readonly D: readonly [number, number];
  readonly f: readonly [number, number];
  readonly Dp: readonly [number, number];
}

/**
 * Means of healthy organs: the tissues of OSIPI TF2.4's XCAT IVIM phantom (which names its papers), and for the liver
 * besides them Riexinger et al., J Magn Reson Imaging 2019;50:1883-1892 (D 1.00 and 1.22, f 0.286 and 0.303,
 * Dp 260 and 308 at 3 and 1.5 T). The brain's are those that OSIPI's collection proposes as first guesses (its pull request 149),
 * which takes them from Federau, NMR Biomed 2017;30:e3780 and from Vieni et al., NeuroImage 2020;206:116228.
 */
const PUBLISHED = {
  brain: { D: [0.8, 0.83], f: [0.05, 0.0764], Dp: [10, 10.88] },
  liver: { D: [1.0, 1.5], f: [0.11, 0.303], Dp: [100, 308] },
  spleen: { D: [1.3, 1.3], f: [0.2, 0.2], Dp: [30, 30] },
  pancreas: { D: [1.3, 1.3], f: [0.15, 0.15], Dp: [10, 10] },
  kidney: { D: [2.09, 2.12], f: [0.097, 0.158], Dp: [19, 20] },
  muscle: { D: [1.37, 1.37], f: [0.1, 0.1], Dp: [26.3, 26.3] },
  myocardium: { D: [1.5, 2.4], f: [0.07, 0.15], Dp: [70, 80] },
} as const satisfies Record<string, Means>;

export type Organ = keyof typeof PUBLISHED;
export const ORGANS = Object.keys(PUBLISHED) as [Organ, ...Organ[]];

/**
 * Bounds for one organ: rates from a third of the least published mean to three times the greatest, f from 0 to three
 * times the greatest, at most 1. S0 from half to twice the mean at b=0.
 */
export function organBounds(organ: Organ) {
  const { D, f, Dp } = PUBLISHED[organ];
  const around = ([least, greatest]: readonly [number, number]): [number, number] => [
    least / FACTOR / 1000,
    (greatest * FACTOR) / 1000,
  ];
  const most: [number, number] = [0, Math.min(1, FACTOR * f[1])];
  return { S0, D: around(D), f: most, Dp: around(Dp) };
}
