import { join } from 'node:path';
import { stageFiles } from './staged-files.ts';

/**
 * Writes files into a folder, which is made where it isn't there: all of them, or none and no folder.
 * @param contents by name
 * @returns the files' paths
 * @throws InputError where the folder can't be written to
 */
export async function writeTogether(
  dir: string,
  contents: ReadonlyMap<string, string | Uint8Array>,
): Promise<readonly string[]> {
  const path = (name: string) => join(dir, name);
  const paths = [...contents.keys()].map(path);
  const staged = stageFiles(paths);
  try {
    for (const [name, data] of contents) await (await staged.handle(path(name))).writeFile(data);
    await staged.commit();
  } catch (error) {
    staged.discard();
    throw error;
  }
  return paths;
}
