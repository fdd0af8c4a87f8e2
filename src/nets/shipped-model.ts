import { readFile } from 'node:fs/promises';
import type { SavedModel } from '../contracts/fitter.ts';

/** Where trained networks lie in the package: seen from `src/`, and from `dist/src/`. */
const PLACES = ['../../models/', '../../../models/'];
const FILES = ['manifest.json', 'model.json', 'weights.bin'];

/**
 * Reads a trained network that comes with the program.
 *
 * @param name folder in `models/`
 * @throws Error where it isn't there, which a complete package never is
 */
export async function shippedModel(name: string): Promise<SavedModel> {
  for (const place of PLACES) {
    const folder = new URL(`${place}${name}/`, import.meta.url);
    const read = await Promise.all(
      FILES.map((file) => readFile(new URL(file, folder)).catch(() => undefined)),
    );
    if (read.every((bytes) => bytes !== undefined)) {
      return { files: new Map(FILES.map((file, i) => [file, new Uint8Array(read[i])])) };
    }
  }
  throw new Error(`this copy of the program lacks the trained network models/${name}`);
}
