import { InvalidArgumentError, Option } from 'commander';

/** `--set a.b=1 --set c=2`: all values are kept, in order. */
export const setOption = (description: string): Option =>
  new Option('--set <path=value>', `${description}; can be repeated`)
    .argParser((word: string, before: readonly string[] | undefined) => [...(before ?? []), word])
    .default([]);

/** The permission for what a config brings along: it may come from elsewhere. */
export const allowExternalOption = (): Option =>
  new Option(
    '--allow-external',
    'allow the config to run code from elsewhere: programs as fitters, and plug-ins that it names by their paths',
  );

/** For commands that read stored runs: what is missing from one is a failure unless the user expects it. */
export const allowIncompleteOption = (): Option =>
  new Option(
    '--allow-incomplete',
    'exit with 0 also if results are missing: cells that failed, were not done or whose results cannot be read',
  );

/** Parses an integer of at least `least`, in decimal digits. */
export const integerFrom =
  (least: number) =>
  (word: string): number => {
    const value = Number(word);
    if (!/^\d+$/.test(word) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`Allowed: an integer of at least ${least}.`);
    }
    return value;
  };

/** Parses a number above 0. */
export function positive(word: string): number {
  const value = Number(word);
  if (word.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('Allowed: a number above 0.');
  }
  return value;
}

/** Parses a noise level: a number, `local`, or the name of an image. */
export function sigma(word: string): number | string {
  if (word === 'local' || /\.nii(\.gz)?$/i.test(word)) return word;
  try {
    return positive(word);
  } catch {
    throw new InvalidArgumentError('Allowed: a number above 0, `local`, or an image, .nii or .nii.gz.');
  }
}

/** Parses `a,b`. */
export function names(word: string): string[] {
  const list = word.split(',').map((name) => name.trim());
  if (list.includes('')) throw new InvalidArgumentError('Allowed: comma-separated names, as in ls,dnn.');
  return list;
}

/** Parses `2/4`: the second of four. */
export function shard(word: string): { readonly index: number; readonly of: number } {
  const [index, of] = (/^(\d{1,6})\/(\d{1,6})$/.exec(word) ?? []).slice(1).map(Number);
  if (index === undefined || index < 1 || index > of) {
    throw new InvalidArgumentError('Allowed: i/n, the i-th of n parts, as in 1/4 to 4/4.');
  }
  return { index, of };
}
