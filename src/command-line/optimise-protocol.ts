import { InvalidArgumentError, Option, type Command } from 'commander';
import type { OptimiseOptions } from '../commands/optimised-protocol-text.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { CRITERIA } from '../protocol-design/protocol-criterion.ts';
import type { Finish } from './program.ts';
import { integerFrom, names, positive } from './argument-parsers.ts';

export function declareOptimiseProtocol(program: Command, finish: Finish): void {
  program
    .command('optimise-protocol')
    .summary('choose the b-values that measure a tissue best')
    .description(
      'Chooses the b-values with the smallest mean Cramér-Rao bound over a distribution of tissue, and writes them as a\n' +
        'protocol that a config can reference by path.',
    )
    .requiredOption('-n, --measurements <n>', 'number of measurements, including b=0', integerFrom(3))
    .requiredOption('--tissue <yaml>', 'distribution of the tissue parameters, as YAML or a file (a config)')
    .option('--b-max <b>', 'largest b-value, s/mm²', positive, 1000)
    .option('--b-min <b>', 'smallest b-value above 0, s/mm² (default: the step)', positive)
    .option('--step <b>', 'spacing of the candidate b-values above the smallest, s/mm²', positive, 10)
    .option('--distinct', 'measure no b-value twice')
    .addOption(
      new Option(
        '--criterion <what>',
        'criterion averaged over the tissue: sum of relative variances or of relative deviations',
      )
        .choices(CRITERIA)
        .default('variance'),
    )
    .addOption(
      new Option('--estimates <names>', 'parameters to estimate; the others are known')
        .argParser(parameters)
        .default([...PARAMETERS], PARAMETERS.join(',')),
    )
    .option(
      '--snr <number>',
      'S0 over noise for the reported bounds; does not affect the choice',
      positive,
      20,
    )
    .option('--sample <n>', 'number of tissues drawn from the distribution', integerFrom(1), 200)
    .option('--starts <n>', 'number of random starting protocols', integerFrom(1), 10)
    .option('--seed <n>', 'seed of tissues and starts', integerFrom(0), 0)
    .option('--compare <protocols>', 'protocols to compare with, by name or path', names, [])
    .option('-o, --out <file>', 'YAML file for the protocol (default: standard output)')
    .option('--json', 'print the protocol and the comparison as JSON')
    .addHelpText(
      'after',
      `
Examples:
  ivim-bench optimise-protocol -n 8 --tissue configs/phantom.yaml --compare barbieri-2020 --out eight.yaml
  and in a config:  protocols: [barbieri-2020, ./eight.yaml]
  ivim-bench optimise-protocol -n 16 --tissue '{D: {constant: 0.0011}, f: {constant: 0.3}, Dp: {constant: 0.07}}' --b-max 800`,
    )
    .action(async (words: OptimiseOptions) => {
      const { optimiseProtocol } = await import('../commands/optimise-protocol.ts');
      finish(await optimiseProtocol(words));
    });
}

function parameters(word: string): ParameterName[] {
  const given = names(word);
  const known = PARAMETERS.filter((name) => given.includes(name));
  if (known.length === given.length && given.length > 0) return known;
  throw new InvalidArgumentError(`Allowed: some of ${PARAMETERS.join(',')}, each once.`);
}
