import { CommanderError } from 'commander';
import { InputError } from './contracts/input-error.ts';
import { createProgram } from './command-line/program.ts';

/**
 * The command line. Results go to standard output, everything else to standard error.
 * @param words what follows the program's name
 * @returns the exit code: 0 done; 1 the run, fit or gate failed; 2 the input is wrong; 130 interrupted
 */
export async function main(words: readonly string[]): Promise<number> {
  if (words.length === 0)
    return complain(new InputError('no command is given; ivim-bench --help lists them'));
  let exitCode = 0;
  const program = createProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return complain(error);
  }
}

/**
 * One line for wrong input and for failures alike; a stack trace only where IVIM_BENCH_DEBUG is set.
 * @returns the exit code: 2 for wrong input, else 1
 */
export function complain(error: unknown): 1 | 2 {
  // By name: a plug-in may bring its own copy of the class.
  const wrongInput = error instanceof Error && error.name === 'InputError';
  const message = error instanceof Error ? error.message || error.name : String(error);
  process.stderr.write(`error: ${message.replace(/\s*\n\s*/g, ' ')}\n`);
  if (process.env['IVIM_BENCH_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return wrongInput ? 2 : 1;
}
