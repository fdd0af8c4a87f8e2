import type { Engine } from '../../src/nets/engine.ts';
import { javaScriptEngine, simdEngine } from '../../src/nets/fused/kernel-engines.ts';
import { loadKernel } from '../../src/nets/fused/load.ts';

// Quick when the kernel is up to date; so the tests never run an old one.
await import(new URL('../../scripts/build-kernels.mjs', import.meta.url).href);

/** The double-precision twin. */
export const twin: Engine = javaScriptEngine('asked for by a test');

/** The SIMD kernel; a machine that can't run it fails these tests rather than skip them. */
export const simd: Engine = await (async () => {
  const kernel = await loadKernel();
  if (!(kernel instanceof WebAssembly.Module)) throw new Error(kernel.reason);
  return simdEngine(kernel);
})();
