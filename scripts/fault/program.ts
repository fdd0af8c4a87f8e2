import { spawn } from 'node:child_process';
import { join } from 'node:path';

const program = join(import.meta.dirname, '..', '..', 'bin', 'ivim-bench.mjs');

/** How a run of the program ended. */
export interface Ended {
  /** Exit code; null for a run that was killed. */
  readonly code: number | null;
  readonly stderr: string;
}

/** The command that runs a study, without progress. */
export const runCommand = (config: string, out: string, ...more: string[]): string[] => [
  process.execPath,
  ...[program, 'run', config, '--out', out, '--quiet', ...more],
];

/**
 * Runs a command that has to end well.
 * @param what the run is called in the error
 * @throws Error if it does not
 */
export async function requireEnd(
  what: string,
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { code, stderr } = await runToEnd(command, { env });
  if (code !== 0) throw new Error(`${what} ended with ${code}: ${stderr}`);
}

/**
 * Runs a command to its end.
 * @param killAfter milliseconds after which it is killed (SIGKILL)
 */
export function runToEnd(
  [command, ...words]: readonly string[],
  {
    killAfter,
    env = {},
  }: { readonly killAfter?: number; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stderr });
    });
  });
}
