import { InputError } from '../contracts/input-error.ts';
import type { Study } from '../contracts/study.ts';
import { answersTo } from '../plugins/answers-to.ts';
import { didYouMean } from '../plugins/nearest-name.ts';

/**
 * Returns the study with only the selected fitters.
 * @throws InputError if a name matches no fitter
 */
export function selectFitters(study: Study, only: readonly string[] | undefined): Study {
  if (only === undefined) return study;
  const fitters = study.config.fitters ?? [];
  const names = [...new Set(fitters.map(({ name, repeat }) => repeat?.of ?? name))];
  const unknown = only.find((name) => !fitters.some((entry) => answersTo(entry, name)));
  if (unknown !== undefined || only.length === 0) {
    const given = unknown === undefined ? 'no fitter is named' : `no fitter is called ${unknown}`;
    throw new InputError(
      `--only: ${given}; ${study.file} has ${names.join(', ') || 'none'}${didYouMean(unknown ?? '', names)}`,
    );
  }
  return {
    ...study,
    config: {
      ...study.config,
      fitters: fitters.filter((entry) => only.some((name) => answersTo(entry, name))),
    },
  };
}
