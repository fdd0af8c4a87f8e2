import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load-config.ts';

/** Writes configs into a folder, each in a file of its own. */
export function writtenConfigs<C>(folder: string) {
  let files = 0;
  const written = (text: string): string => {
    const file = join(folder, `study-${++files}.yaml`);
    writeFileSync(file, text);
    return file;
  };
  const configOf = async (text: string): Promise<C> => (await loadConfig(written(text))).config as C;
  return { written, configOf };
}
