import type { Engine } from '../engine.ts';
import { predictInJavaScript } from './javascript-network.ts';
import { JavaScriptTrainer } from './javascript-trainer.ts';
import { predictWithSimd, SimdTrainer } from './simd-kernel.ts';

/** The SIMD kernel, compiled from its bytes by whoever has them, as an engine. */
export function simdEngine(module: WebAssembly.Module): Engine {
  return {
    name: 'fused',
    description: 'fused WASM SIMD',
    train: (options) => new SimdTrainer(module, options),
    use: (network, weights) => predictWithSimd(module, network, weights),
  };
}

/** The plain JavaScript kernel as an engine; `reason` says why it serves instead of SIMD. */
export function javaScriptEngine(reason: string): Engine {
  return {
    name: 'fused',
    description: `fused JavaScript (${reason})`,
    train: (options) => new JavaScriptTrainer(options),
    use: predictInJavaScript,
  };
}
