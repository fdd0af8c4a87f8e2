import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Sidecar = z.object({ maps: z.record(z.string().regex(/^\w+$/), z.unknown()) });

/** Lists the maps of an earlier fit in `folder` that its sidecar names and that still exist. */
export function earlierMaps(folder: string): string[] {
  const files = Object.keys(readSidecar(join(folder, 'status.json'))).map((name) =>
    join(folder, `${name}.nii.gz`),
  );
  return files.filter((file) => lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? false);
}

/** Returns nothing if the file is missing or not one of this program. */
function readSidecar(file: string): Readonly<Record<string, unknown>> {
  try {
    return Sidecar.parse(JSON.parse(readFileSync(file, 'utf8'))).maps;
  } catch {
    return {};
  }
}
