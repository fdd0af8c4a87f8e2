import { plainProgress } from './plain-progress.ts';
import type { Progress } from './progress.ts';

/** Lines in place on a terminal, a line now and then elsewhere, nothing where quiet. */
export async function chooseProgress(title: string, quiet: boolean): Promise<Progress> {
  if (quiet) return { update: () => undefined, end: async () => undefined };
  if (process.stderr.isTTY && !process.env.CI) {
    const { terminalProgress } = await import('./terminal-progress.ts');
    return terminalProgress(title);
  }
  return plainProgress((text) => process.stderr.write(text));
}
