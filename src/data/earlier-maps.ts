import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Sidecar = z.object({
  maps: z.record(z.string().regex(/^\w+$/), z.unknown()),
  files: z.array(z.string().regex(/^[\w-]+\.(html|csv)$/)).default([]),
});

/** Lists the files of an earlier fit in `folder` that its sidecar names and that still exist: maps, report and tables. */
export function earlierMaps(folder: string): string[] {
  const { maps, files } = readSidecar(join(folder, 'status.json'));
  const named = [...Object.keys(maps).map((name) => `${name}.nii.gz`), ...files];
  return named
    .map((name) => join(folder, name))
    .filter((file) => lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? false);
}

/** Returns nothing if the file is missing or not one of this program. */
function readSidecar(file: string): z.infer<typeof Sidecar> {
  try {
    return Sidecar.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { maps: {}, files: [] };
  }
}
