import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { program, root } from '../commands/command-line.ts';

/** Runs a command whose run goes into `dir`, and kills it (SIGKILL) as soon as a training has left a checkpoint. */
export async function killedInTraining(words: readonly string[], dir: string): Promise<void> {
  const child = spawn(process.execPath, [program, ...words], { cwd: root, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  await checkpointIn(join(dir, 'cells'), () => child.exitCode !== null);
  child.kill('SIGKILL');
  await ended;
}

/** Resolves when a training has left a checkpoint. @throws Error where the run ended without one */
async function checkpointIn(cells: string, isOver: () => boolean): Promise<void> {
  for (;;) {
    try {
      if (readdirSync(cells).some((name) => name.includes('checkpoint'))) return;
    } catch {
      // The folder is not there yet.
    }
    if (isOver()) throw new Error('the run was over before a training left a checkpoint');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
