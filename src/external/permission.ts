import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { InputError } from '../contracts/input-error.ts';
import type { Study } from '../contracts/study.ts';

/** Workers inherit it. Neither a config nor the environment of the process can set it. */
const ALLOWED = 'ivim-bench: programs may be started';

/**
 * Lets the fitters of a study start programs from now on, or forbids it.
 * @throws InputError where it is forbidden and the study has such fitters: a config from elsewhere must not start programs
 */
export function permitPrograms({ file, config }: Study, allowed: boolean): void {
  setEnvironmentData(ALLOWED, allowed);
  const programs = (config.fitters ?? []).filter(({ external }) => external !== undefined);
  if (allowed || programs.length === 0) return;
  const commands = programs.map(({ name, external }) => `${name} (${external!.join(' ')})`);
  throw new InputError(
    `${file}: fitters: found ${commands.join(', ')}: programs that the run would start. A config may come from ` +
      'elsewhere, so it starts programs only where you say so: look at the commands, then give --allow-external',
  );
}

/** @throws Error where nobody allowed it */
export function requirePermission(): void {
  if (getEnvironmentData(ALLOWED) !== true) {
    throw new Error('programs are not started unless the run was given --allow-external');
  }
}
