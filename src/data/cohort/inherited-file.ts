import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { bidsName, type BidsName } from './bids-name.ts';

/**
 * Finds the file that describes another by BIDS's inheritance principle: in the same folder or one above it up to `root`, with
 * the same suffix, and with no entity that the described file lacks. The nearest folder wins, and within a folder the file with
 * most entities.
 */
export function inheritedFile(described: BidsName, extension: string, root: string): string | undefined {
  for (let folder = dirname(described.file); ; folder = dirname(folder)) {
    const fitting = (existsSync(folder) ? readdirSync(folder) : [])
      .flatMap((name) => bidsName(join(folder, name)) ?? [])
      .filter((name) => name.extension === extension && name.suffix === described.suffix)
      .filter(({ entities }) => [...entities].every(([key, value]) => described.entities.get(key) === value))
      .sort((a, b) => b.entities.size - a.entities.size);
    if (fitting.length > 0) return fitting[0].file;
    const above = relative(root, folder);
    if (above === '' || above.startsWith('..') || dirname(folder) === folder) return undefined;
  }
}
