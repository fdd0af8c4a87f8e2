import { InputError } from '../contracts/input-error.ts';

/** Whether a plug-in is named by a path rather than by its name. */
export function isPath(nameOrPath: string): boolean {
  return /[\\/]|^file:|\.[cm]?[jt]s$/.test(nameOrPath);
}

/**
 * Returns the name of a plug-in as a file has it that may come from someone else, such as a saved network or a run.
 * @param where names the file and what is named there, as in "--model net: manifest.json: fitter"
 * @throws InputError if it is a path: what others wrote does not decide which code runs
 */
export function keptName(name: string, where: string): string {
  if (!isPath(name)) return name;
  throw new InputError(
    `${where}: found ${JSON.stringify(name)}, the path of a file, which is not run from there; allowed: a name`,
  );
}
