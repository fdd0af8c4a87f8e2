import { PARAMETERS, QUANTILE_LEVELS, type Estimates, type ParameterName } from '../contracts/voxels.ts';

/** One number per voxel that a fit writes in addition to the status. */
export interface EstimateColumn {
  /** Name of the map's file or of the table's column. */
  readonly name: string;
  /** Meaning and unit, short enough for the header of an image. */
  readonly meaning: string;
  /** As BIDS has units (CMIXF-12): `mm^2/s`; `arbitrary` for the unit of the scan and for shares. */
  readonly unit: string;
  /** NaN if the fitter does not report it. */
  readonly at: (estimates: Estimates, i: number) => number;
}

const LEVELS = QUANTILE_LEVELS.length;
const WORDS: Readonly<Record<ParameterName, readonly [string, string]>> = {
  D: ['diffusion coefficient', 'mm2/s'],
  f: ['perfusion fraction', '0..1'],
  Dp: ['pseudo-diffusion coefficient D*', 'mm2/s'],
};
const ARBITRARY = 'arbitrary';
const UNITS: Readonly<Record<ParameterName, string>> = { D: 'mm^2/s', f: ARBITRARY, Dp: 'mm^2/s' };

const estimates: readonly EstimateColumn[] = [
  { name: 'S0', meaning: 'signal at b=0, unit of the scan', unit: ARBITRARY, at: ({ S0 }, i) => S0[i] },
  ...PARAMETERS.map((name): EstimateColumn => {
    const [words, unit] = WORDS[name];
    return { name, meaning: `${words}, ${unit}`, unit: UNITS[name], at: (of, i) => of[name][i] };
  }),
];

const intervals = PARAMETERS.flatMap((name): EstimateColumn[] => {
  const unit = WORDS[name][1];
  const quantile = (end: string, meaning: string, k: number): EstimateColumn => ({
    name: `${name}_${end}`,
    meaning: `${meaning} of ${name}, ${unit}`,
    unit: UNITS[name],
    at: ({ quantiles }, i) => quantiles?.[name][i * LEVELS + k] ?? NaN,
  });
  return [
    {
      name: `${name}_sd`,
      meaning: `standard deviation of ${name}, ${unit}`,
      unit: UNITS[name],
      at: ({ sd }, i) => sd?.[name][i] ?? NaN,
    },
    quantile('low', '2.5 % quantile', 0),
    quantile('high', '97.5 % quantile', LEVELS - 1),
  ];
});

const pValue: EstimateColumn = {
  name: 'p_value',
  meaning: 'probability of such residuals by noise alone',
  unit: ARBITRARY,
  at: ({ p }, i) => p?.[i] ?? NaN,
};

const residuals: readonly EstimateColumn[] = [
  {
    name: 'residual',
    meaning: 'root mean square of signal minus fit, unit of the scan',
    unit: ARBITRARY,
    at: ({ residual }, i) => residual?.[i] ?? NaN,
  },
  {
    name: 'r_squared',
    meaning: 'R2, share of the variance over b that the fit explains',
    unit: ARBITRARY,
    at: ({ rSquared }, i) => rSquared?.[i] ?? NaN,
  },
];

const noise: EstimateColumn = {
  name: 'sigma',
  meaning: 'noise of one measurement, unit of the scan',
  unit: ARBITRARY,
  at: ({ sigma }, i) => sigma?.[i] ?? NaN,
};

/** What a fit writes for every voxel in addition to S0, D, f, Dp and the status. */
export interface ColumnChoice {
  /** A standard deviation and a 95 % interval of D, f and Dp. */
  readonly intervals?: boolean;
  /** The p-value of the residuals. */
  readonly pValues?: boolean;
  /** The size of the residuals and R². */
  readonly residuals?: boolean;
  /** The noise level, where every voxel has its own. */
  readonly noise?: boolean;
}

/** Returns the columns of a fit's output: S0, D, f and Dp, and what was chosen in addition. */
export function estimateColumns(choice: ColumnChoice = {}): readonly EstimateColumn[] {
  return [
    ...estimates,
    ...(choice.intervals ? intervals : []),
    ...(choice.pValues ? [pValue] : []),
    ...(choice.residuals ? residuals : []),
    ...(choice.noise ? [noise] : []),
  ];
}
