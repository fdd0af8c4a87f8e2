import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder, tinyYaml } from '../runner/tiny-study.ts';
import { inProcess, type Answer } from './command-line.ts';

/** What `check --json` prints, as far as tests look at it. */
export interface Told {
  readonly green: boolean;
  readonly differences: readonly { readonly path: string }[];
  readonly problems: readonly string[];
  readonly verdicts: readonly {
    readonly id: { method: string; parameter: string; metric: string; factors: { snr: number } };
    readonly kind: string;
    readonly outcome: string;
    readonly detectable: number | null;
  }[];
}

export const told = ({ stdout }: Answer): Told => JSON.parse(stdout) as Told;

/** The values that are red. */
export const red = (answer: Answer) =>
  told(answer).verdicts.filter(({ outcome }) => ['worse', 'drifted', 'missing', 'failed'].includes(outcome));

/** A study of a moment whose values can be accepted and checked. */
export function checkedStudy(fitters: readonly object[], extra = '') {
  const scratch = scratchFolder();
  const config = join(scratch, 'tiny.yaml');
  writeFileSync(config, tinyYaml(fitters, extra));
  const against = join(scratch, 'reference', 'tiny.json');
  const checked = (...words: string[]): Promise<Answer> =>
    inProcess('check', config, '--against', against, '--workers', '1', '-q', '--allow-external', ...words);
  return { scratch, config, against, checked };
}
