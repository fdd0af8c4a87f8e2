import { InvalidArgumentError, Option, type Command } from 'commander';
import { MISSING_POLICIES } from '../agreement/ratings.ts';
import type { IccOptions } from '../commands/icc.ts';
import type { Finish } from './program.ts';

export function declareIcc(program: Command, finish: Finish): void {
  program
    .command('icc')
    .summary('agreement between raters: intraclass correlations of your own table')
    .description(
      'Prints the six intraclass correlations of Shrout and Fleiss (1979) with F tests and confidence intervals.',
    )
    .argument('<ratings>', 'CSV file with the columns target, rater and value, one rating per line')
    .addOption(
      new Option('--missing <how>', 'refuse a table with missing ratings, or drop the targets that lack one')
        .choices(MISSING_POLICIES)
        .default('refuse'),
    )
    .option('--confidence <level>', 'confidence of the intervals, between 0 and 1', confidence, 0.95)
    .option('--json', 'print as JSON; a number that is not finite is null')
    .addHelpText(
      'after',
      `
Examples:
  ivim-bench icc ratings.csv
  ivim-bench icc ratings.csv --missing drop --confidence 0.9 --json`,
    )
    .action(async (ratings: string, words: IccOptions) => {
      const { icc } = await import('../commands/icc.ts');
      finish(await icc(ratings, words));
    });
}

function confidence(word: string): number {
  const value = Number(word);
  if (word.trim() === '' || !(value > 0 && value < 1)) {
    throw new InvalidArgumentError('Allowed: a number between 0 and 1, as in 0.95.');
  }
  return value;
}
