import type { Engine } from '../engine.ts';
import { predictInJavaScript } from './javascript-network.ts';
import { JavaScriptTrainer } from './javascript-trainer.ts';
import { predictWithSimd, SimdTrainer } from './simd-kernel.ts';

/**
 * The compiled SIMD kernel as an engine. `fusing` is the kernel with fused multiply-adds, if the processor has them. It is used
 * for prediction, whose outputs change by a rounding or two, but not for training, where a rounding grows until the weights
 * differ: trained weights are the same on every machine with SIMD.
 */
export function simdEngine(module: WebAssembly.Module, fusing?: WebAssembly.Module): Engine {
  return {
    name: 'fused',
    description: `fused WASM SIMD${fusing ? ', in use with fused multiply-add' : ''}`,
    train: (options) => new SimdTrainer(module, options),
    use: (network, weights) => predictWithSimd(fusing ?? module, network, weights),
  };
}

/** The plain JavaScript kernel as an engine; `reason` states why it is used instead of SIMD. */
export function javaScriptEngine(reason: string): Engine {
  return {
    name: 'fused',
    description: `fused JavaScript (${reason})`,
    train: (options) => new JavaScriptTrainer(options),
    use: predictInJavaScript,
  };
}
