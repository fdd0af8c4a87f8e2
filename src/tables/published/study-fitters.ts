import type { Json } from '../../contracts/experiment.ts';
import type { RunManifest } from '../../contracts/stored-run.ts';
import { fittersOf, preferOwnName } from '../reading/fitters-of.ts';

const BOUNDS = { D: [0, 1], f: [0, 1], Dp: [0, 1] };

/**
 * The settings under which figures of the study, or of its test sets, are quoted here: those of its published code, of
 * which `ls-global` searches the same bounds. `mmse` knows that noise is Rician; the reference takes it to be Gaussian.
 */
export const STUDY_FITTERS: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  ls: { bounds: BOUNDS, start: { D: 0.001, f: 0.1, Dp: 0.01 }, maxEvaluations: 300 },
  'ls-global': { bounds: BOUNDS },
  dnn: {
    depth: 3,
    width: 'inputs',
    learningRate: 0.001,
    batch: 128,
    epochs: 1000,
    patience: 10,
    restore_best: 'study',
  },
  mmse: { likelihood: 'rician', S0: 'unknown' },
};

/** What computes has no part in what is computed. */
const OF_NO_MATTER = ['engine'];

/** What a run calls the fitter `use` with the study's settings; undefined where it has none such. */
export function studyFitter(
  manifest: Pick<RunManifest, 'config'>,
  use: 'ls' | 'ls-global' | 'dnn' | 'mmse',
): string | undefined {
  const same = fittersOf(manifest).filter(
    (fitter) => fitter.use === use && isStudys(STUDY_FITTERS[use], fitter.settings),
  );
  return preferOwnName(same)?.name;
}

function isStudys(study: Readonly<Record<string, Json>>, settings: Json): boolean {
  return Object.entries(settings ?? {}).every(
    ([key, value]) => OF_NO_MATTER.includes(key) || JSON.stringify(value) === JSON.stringify(study[key]),
  );
}
