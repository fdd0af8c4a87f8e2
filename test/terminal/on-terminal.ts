import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { root } from '../commands/command-line.ts';

const python = fileURLToPath(new URL('./pseudo-terminal.py', import.meta.url));

/** Whether this machine can make a pseudo-terminal. */
export const hasTerminals =
  spawnSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode(0)']).status === 0;
export const NO_TERMINAL = 'needs python3 (3.9 or later) with the module pty';

interface Size {
  readonly columns?: number;
  readonly rows?: number;
}

/** A command that runs on a terminal of its own. */
export interface OnTerminal {
  /** Everything it has printed so far, messages and results alike. */
  readonly printed: () => string;
  readonly type: (text: string) => void;
  /** The exit code; 128 + n where signal n ended it. */
  readonly ended: Promise<number | null>;
}

/** Starts Node with these words on a pseudo-terminal; variables of CI are left out of its environment. */
export function onTerminal(
  words: readonly string[],
  { columns = 100, rows = 30 }: Size = {},
  env: Readonly<Record<string, string>> = {},
): OnTerminal {
  const own = { ...process.env };
  delete own['CI'];
  const child = spawn('python3', [python, String(columns), String(rows), process.execPath, ...words], {
    cwd: root,
    env: { ...own, TERM: 'xterm', ...env },
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
  return {
    printed: () => printed,
    type: (text) => void child.stdin.write(text),
    ended: new Promise((resolve) => child.on('close', resolve)),
  };
}
