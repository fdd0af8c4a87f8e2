import { readFileSync } from 'node:fs';

/** A voxel of the study with SciPy's least squares and the answer of the study's own MAP optimiser. */
export interface StudyVoxel {
  /** Signals at b = 10, 20, 60, 150, 300, 500, 1000 s/mm², relative to b=0. */
  readonly signals: Float64Array;
  readonly truth: { readonly Dp: number; readonly D: number; readonly f: number };
  readonly leastSquares: {
    readonly Dp: number;
    readonly D: number;
    readonly f: number;
    readonly sse: number;
  };
  readonly map: { readonly Dp: number; readonly D: number; readonly f: number; readonly value: number };
}

export const STUDY_B = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

/** The 200 reference voxels at a noise level of S0 = 1500: 15, 75 or 150. */
export function studyVoxels(sigma: 15 | 75 | 150): StudyVoxel[] {
  const [header, ...lines] = fixture(`voxels-sigma${sigma}.csv`).trim().split('\n');
  const names = header.trim().split(',');
  return lines.map((line) => {
    const cells = line.split(',').map(Number);
    const of = (name: string) => cells[names.indexOf(name)];
    const three = (prefix: string, suffix = '') => ({
      Dp: of(`${prefix}Dp${suffix}`),
      D: of(`${prefix}D${suffix}`),
      f: of(`${prefix}f${suffix}`),
    });
    return {
      signals: Float64Array.from(STUDY_B.subarray(1), (b) => of(`b${b}`)),
      truth: three('', '_true'),
      leastSquares: { ...three('ls_'), sse: of('ls_sse') },
      map: { ...three('map_'), value: of('map_neg_log_posterior') },
    };
  });
}

interface StudyFacts {
  readonly rmse: {
    /** Per sigma: of Dp, D, f. */
    readonly bayes_optimal_posterior_mean_known_sigma: Readonly<
      Record<string, readonly [number, number, number]>
    >;
  };
  readonly empirical_prior: {
    readonly n_used: number;
    readonly n_all: number;
    readonly Dp: { readonly median: number; readonly sigma: number };
    readonly D: { readonly median: number; readonly sigma: number };
    readonly f: { readonly a: number; readonly b: number };
  };
}

/** Numbers the study fixes; see `test/fixtures/phantom-study.json`. */
export const study = JSON.parse(fixture('phantom-study.json')) as StudyFacts;
