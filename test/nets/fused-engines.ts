import type { Engine } from '../../src/nets/engine.ts';
import { javaScriptEngine, simdEngine } from '../../src/nets/fused/engines.ts';
import { loadKernels } from '../../src/nets/fused/load.ts';

// Quick when the kernel is up to date; so the tests never run an old one.
await import(new URL('../../scripts/build-kernels.mjs', import.meta.url).href);

/** The double-precision twin. */
export const twin: Engine = javaScriptEngine('asked for by a test');

const kernels = await loadKernels();
if ('reason' in kernels) throw new Error(`these tests need SIMD: ${kernels.reason}`);

/** The SIMD kernel; a machine that can't run it fails these tests rather than skip them. */
export const simd: Engine = simdEngine(kernels.simd);

/** The same in use with fused multiply-add, where this processor has it. */
export const fusing: Engine | undefined = kernels.fusing && simdEngine(kernels.simd, kernels.fusing);

/** Every kernel there is here. */
export const engines: readonly Engine[] = [twin, simd, ...(fusing ? [fusing] : [])];
