import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { RunManifest } from '../contracts/stored-run.ts';
import { packageRoot } from '../plugins/places.ts';

const execute = promisify(execFile);

/** Returns the commit of this program; null if it is installed as a package, or git is not available. */
export async function gitState(): Promise<RunManifest['git']> {
  // If the package is installed inside another repository, git would report that one.
  if (!existsSync(new URL('.git', packageRoot))) return null;
  const options = { cwd: fileURLToPath(packageRoot), timeout: 5000 };
  try {
    const commit = await execute('git', ['rev-parse', 'HEAD'], options);
    const changes = await execute('git', ['status', '--porcelain', '--untracked-files=no'], options);
    return { commit: commit.stdout.trim(), dirty: changes.stdout.trim() !== '' };
  } catch {
    return null;
  }
}
