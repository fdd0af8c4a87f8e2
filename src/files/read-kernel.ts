import { existsSync, readFileSync } from 'node:fs';

/** Where the compiled kernels are in the package: relative to `src/`, and to `dist/src/`. */
const PLACES = ['../../build/kernels/', '../../../build/kernels/'];

/** The bytes of a compiled kernel; undefined where it is not built. */
export function readKernel(name: string): Uint8Array<ArrayBuffer> | undefined {
  const place = PLACES.map((folder) => new URL(`${folder}${name}.wasm`, import.meta.url)).find(existsSync);
  return place && new Uint8Array(readFileSync(place));
}

/** Whether SIMD is disabled for this process. */
export const withoutSimd = (): boolean => process.env.IVIM_BENCH_NO_SIMD === '1';
