import metrics from '../../../build/kernels/metrics.wasm';
import nets from '../../../build/kernels/nets.wasm';
import netsRelaxed from '../../../build/kernels/nets-relaxed.wasm';

const KERNELS: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  metrics,
  nets,
  'nets-relaxed': netsRelaxed,
};

/** The bytes of a compiled kernel, which are part of the bundle. */
export const readKernel = (name: string): Uint8Array<ArrayBuffer> | undefined => KERNELS[name];

export const withoutSimd = (): boolean => false;

export const withoutFma = (): boolean => false;

/** Nothing to do: a browser that has relaxed SIMD has it enabled. */
export const enableRelaxedSimd = (): void => {};
