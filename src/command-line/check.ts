import type { Command } from 'commander';
import type { CheckOptions } from '../commands/check.ts';
import type { Finish } from './program.ts';
import { allowExternalOption, integerFrom, names, setOption } from './argument-parsers.ts';

export function declareCheck(program: Command, finish: Finish): void {
  program
    .command('check')
    .summary('accuracy gate: fail where a gated value got worse than accepted')
    .description(
      'Runs a config, or reads an existing run, and compares its values with the accepted ones.\n' +
        'Prints which values got worse, by how much and with which p value.',
    )
    .argument('<run-or-config>', 'folder of a run (written by `ivim-bench run`), or YAML file of a study')
    .option('--against <file>', 'accepted values (default: results/reference/<name>.json)')
    .option(
      '--update',
      'accept the values of this run and print the changes; values excluded by --only are kept',
    )
    .option(
      '--seeds <n>',
      'smallest number of seeds from which --update trains fitters with `repeats`',
      integerFrom(2),
      40,
    )
    .option('--junit <file>', 'write a test case per gated value as JUnit XML')
    .option('--json', 'print as JSON; a number that is not finite is null')
    .option('-o, --out <folder>', 'keep the run, with its report, in this folder')
    .option('--only <fitters>', 'run and compare only these fitters (comma-separated names)', names)
    .addOption(setOption('override a config value, e.g. seed=7'))
    .option('--workers <n>', 'worker threads (default: one per core)', integerFrom(1))
    .addOption(allowExternalOption())
    .option('-q, --quiet', 'no progress')
    .option('-v, --verbose', 'print every gated value, with the smallest loss that is found')
    .addHelpText(
      'after',
      `
Examples:
  ivim-bench check configs/ci.yaml
  ivim-bench check configs/ci.yaml --update
  ivim-bench check results/phantom --against accepted.json --junit check.xml

Exit codes: 0 nothing got worse; 1 a gated value got worse, is missing or failed; 2 invalid input. docs/accuracy-gate.md describes
the criteria. In GitHub Actions, check annotates the run and adds to its summary.`,
    )
    .action(async (target: string, words: CheckOptions) => {
      const { check } = await import('../commands/check.ts');
      finish(await check(target, words));
    });
}
