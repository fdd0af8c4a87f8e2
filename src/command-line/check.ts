import type { Command } from 'commander';
import type { CheckOptions } from '../commands/check.ts';
import type { Finish } from './program.ts';
import { integerFrom, names, setOption } from './argument-parsers.ts';

export function declareCheck(program: Command, finish: Finish): void {
  program
    .command('check')
    .summary('accuracy gate: fail where a figure got worse than accepted')
    .description(
      'Does again what a config asks for, or reads a run that is there, and compares its figures with those that were accepted.\n' +
        'Prints what got worse, by how much and how sure that is, and the smallest loss that would be found.',
    )
    .argument('<run-or-config>', 'folder that `ivim-bench run` left, or YAML file of a study')
    .option('--against <file>', 'accepted figures (default: results/reference/<name>.json)')
    .option(
      '--update',
      'accept the figures of this run, and say what changes; those that --only leaves out stay',
    )
    .option(
      '--seeds <n>',
      'seeds that --update trains fitters with `repeats` from, at least',
      integerFrom(2),
      40,
    )
    .option('--junit <file>', 'write a test case per figure as JUnit XML')
    .option('--json', 'print as JSON; a number that is not finite is null')
    .option('-o, --out <folder>', 'keep the run, with its report, in this folder')
    .option('--only <fitters>', 'run and compare these fitters alone, with commas between them', names)
    .addOption(setOption('change the config, as in seed=7'))
    .option('--workers <n>', 'worker threads (default: one per core)', integerFrom(1))
    .option('--allow-external', 'let the config start the programs it names as fitters')
    .option('-q, --quiet', 'no progress')
    .addHelpText(
      'after',
      `
Examples:
  ivim-bench check configs/ci.yaml
  ivim-bench check configs/ci.yaml --update
  ivim-bench check results/phantom --against accepted.json --junit check.xml

Exit codes: 0 nothing got worse; 1 something did, is missing or failed; 2 the input is wrong. docs/accuracy-gate.md says
how it is judged. Within GitHub Actions it annotates the run and adds to its summary.`,
    )
    .action(async (target: string, words: CheckOptions) => {
      const { check } = await import('../commands/check.ts');
      finish(await check(target, words));
    });
}
