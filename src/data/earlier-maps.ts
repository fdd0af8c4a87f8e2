import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Sidecar = z.object({ maps: z.record(z.string().regex(/^\w+$/), z.unknown()) });

/** The maps that an earlier fit wrote into `folder`, as the sidecar it left there lists them, as far as they are there still. */
export function earlierMaps(folder: string): string[] {
  const files = Object.keys(readSidecar(join(folder, 'status.json'))).map((name) =>
    join(folder, `${name}.nii.gz`),
  );
  return files.filter((file) => lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? false);
}

/** Nothing where the file is not there or somebody else's. */
function readSidecar(file: string): Readonly<Record<string, unknown>> {
  try {
    return Sidecar.parse(JSON.parse(readFileSync(file, 'utf8'))).maps;
  } catch {
    return {};
  }
}
