import type { Engine } from '../../src/nets/engine.ts';
import { loadCpuEngine } from '../../src/nets/tensorflow/load-cpu.ts';
import { loadNodeEngine } from '../../src/nets/tensorflow/load-node.ts';
import { loadWasmEngine } from '../../src/nets/tensorflow/load-wasm.ts';

/** An engine, or why its tests are left out. */
export type EngineUnderTest = { readonly name: string } & (
  | { readonly engine: Engine }
  | { readonly missing: string }
);

/** WASM and JavaScript load everywhere; the native binding is built separately. */
export const tensorFlowEngines: readonly EngineUnderTest[] = [
  { name: 'cpu', engine: await loadCpuEngine() },
  { name: 'wasm', engine: await loadWasmEngine() },
  await native(),
];

async function native(): Promise<EngineUnderTest> {
  try {
    return { name: 'node', engine: await loadNodeEngine() };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    return { name: 'node', missing: `scripts/build-tfjs-node was not run (${why})` };
  }
}
