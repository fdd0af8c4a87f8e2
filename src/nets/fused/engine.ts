import type { Engine } from '../engine.ts';
import { predictInJavaScript } from './javascript-network.ts';
import { JavaScriptTrainer } from './javascript-trainer.ts';

/** The plain JavaScript kernel as an engine; `reason` says why it serves instead of SIMD. */
export function javaScriptEngine(reason: string): Engine {
  return {
    name: 'fused',
    description: `fused JavaScript (${reason})`,
    train: (options) => new JavaScriptTrainer(options),
    use: predictInJavaScript,
  };
}

/** Forward pass, backward pass and Adam fused over flat typed arrays. */
export async function loadFusedEngine(): Promise<Engine> {
  return javaScriptEngine('no SIMD kernel yet');
}
