import { readFileSync } from 'node:fs';
import { Command, Help, Option } from 'commander';
import { packageRoot } from '../plugins/places.ts';
import { printMessage, printResult } from '../terminal/print.ts';
import { declareCheck } from './check.ts';
import { declareCompare } from './compare.ts';
import { declareConform } from './conform.ts';
import { declareFit } from './fit.ts';
import { declareIcc } from './icc.ts';
import { declareList } from './list.ts';
import { declareMerge } from './merge.ts';
import { declareOptimiseProtocol } from './optimise-protocol.ts';
import { declareReport } from './report.ts';
import { declareRun } from './run.ts';
import { declareSchema } from './schema.ts';
import { declareSimulate } from './simulate.ts';
import { declareTrain } from './train.ts';
import { declareValidate } from './validate.ts';
import { declareView } from './view.ts';

/** Receives the exit code of the process. */
export type Finish = (exitCode: number) => void;

/**
 * Creates the program with all subcommands and their options. The implementation of a subcommand is imported when it is called.
 */
export function createProgram(finish: Finish): Command {
  const program = new Command('ivim-bench')
    .description(
      'Benchmark of methods that fit the intravoxel incoherent motion (IVIM) model to diffusion MRI.',
    )
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help; also after a command: ivim-bench run --help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: printResult,
      outputError: (text) => printMessage(text),
    })
    .configureHelp({
      // Empty lists are not shown as defaults.
      optionDescription: (option) => new Help().optionDescription(withoutEmptyDefault(option)),
    })
    .addHelpText('after', EXAMPLES);
  for (const declare of [
    declareRun,
    declareFit,
    declareView,
    declareSimulate,
    declareTrain,
    declareOptimiseProtocol,
    declareIcc,
    declareCheck,
    declareCompare,
    declareReport,
    declareMerge,
    declareList,
    declareValidate,
    declareConform,
    declareSchema,
  ]) {
    declare(program, finish);
  }
  return program;
}

const EXAMPLES = `
Examples:
  ivim-bench run configs/smoke.yaml                      a small study in seconds; open its report.html
  ivim-bench run configs/phantom.yaml --only ls,dnn      two fitters of the whole study
  ivim-bench fit scan.nii.gz --bval scan.bval --fitter ls-global --out maps
  ivim-bench list fitters

Exit codes: 0 done; 1 the run, fit or gate failed; 2 invalid input; 130 interrupted. IVIM_BENCH_DEBUG=1 adds stack traces.`;

function version(): string {
  const text = readFileSync(new URL('package.json', packageRoot), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function withoutEmptyDefault(option: Option): Option {
  if (!Array.isArray(option.defaultValue) || option.defaultValue.length > 0) return option;
  return new Option(option.flags, option.description);
}
