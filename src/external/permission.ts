import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { InputError } from '../contracts/input-error.ts';
import type { Study } from '../contracts/study.ts';

/** Inherited by workers. Neither a config nor the environment of the process can set it. */
const ALLOWED = 'ivim-bench: programs may be started';

/**
 * Permits or forbids the fitters of a study to start programs from now on.
 * @throws InputError if it is forbidden and the study has such fitters: a config from elsewhere must not start programs
 */
export function permitPrograms({ file, config }: Study, allowed: boolean): void {
  setEnvironmentData(ALLOWED, allowed);
  const programs = (config.fitters ?? []).filter(({ external }) => external !== undefined);
  if (allowed || programs.length === 0) return;
  const commands = programs.map(({ name, external }) => `${name} (${external!.join(' ')})`);
  throw new InputError(
    `${file}: fitters: found ${commands.join(', ')}: programs that the run would start. A config may come from ` +
      'elsewhere, so programs are not started without permission: check the commands, then add --allow-external',
  );
}

/** @throws Error without permission */
export function requirePermission(): void {
  if (getEnvironmentData(ALLOWED) !== true) {
    throw new Error('programs are not started unless the run was given --allow-external');
  }
}
