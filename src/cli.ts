import { CommanderError } from 'commander';
import { InputError } from './contracts/input-error.ts';
import { createProgram } from './command-line/program.ts';
import { endWhenInterrupted } from './terminal/interruption.ts';
import { printMessage } from './terminal/print.ts';

/**
 * The command line. Results go to standard output, everything else to standard error.
 * @param words what follows the program's name
 * @returns the exit code: 0 done; 1 the run, fit or gate failed; 2 the input is wrong; 130 interrupted, 143 by SIGTERM
 */
export async function main(words: readonly string[]): Promise<number> {
  if (words.length === 0)
    return complain(new InputError('no command is given; ivim-bench --help lists them'));
  let exitCode = 0;
  const program = createProgram((code) => {
    exitCode = code;
  });
  const release = endWhenInterrupted();
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return complain(error);
  } finally {
    release();
  }
}

/**
 * Prints a line for wrong input, one for each fault in it, and for failures; a stack trace only where IVIM_BENCH_DEBUG is set.
 * @returns the exit code: 2 for wrong input, else 1
 */
export function complain(error: unknown): 1 | 2 {
  // By name: a plug-in may bring its own copy of the class.
  const wrongInput = error instanceof Error && error.name === 'InputError';
  const { faults } = error as { readonly faults?: readonly string[] };
  const message = error instanceof Error ? error.message || error.name : String(error);
  for (const fault of faults ?? [message]) printMessage(`error: ${fault}`);
  if (process.env['IVIM_BENCH_DEBUG'] && error instanceof Error)
    error.stack?.split('\n').forEach(printMessage);
  return wrongInput ? 2 : 1;
}
