import { existsSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

/** Where the compiled kernels are in the package: relative to `src/`, and to `dist/src/`. */
const PLACES = ['../../build/kernels/', '../../../build/kernels/'];

/** The bytes of a compiled kernel; undefined where it is not built. */
export function readKernel(name: string): Uint8Array<ArrayBuffer> | undefined {
  const place = PLACES.map((folder) => new URL(`${folder}${name}.wasm`, import.meta.url)).find(existsSync);
  return place && new Uint8Array(readFileSync(place));
}

/** Whether SIMD is disabled for this process. */
export const withoutSimd = (): boolean => process.env.IVIM_BENCH_NO_SIMD === '1';

/** Whether fused multiply-add is disabled for this process. */
export const withoutFma = (): boolean => process.env.IVIM_BENCH_NO_FMA === '1';

/** Enables relaxed SIMD. Node 20 needs a flag for it; Node 22 and browsers support it by default. */
export const enableRelaxedSimd = (): void => setFlagsFromString('--experimental-wasm-relaxed-simd');
