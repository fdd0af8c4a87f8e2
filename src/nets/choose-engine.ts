import { z } from 'zod';
import { InputError } from '../contracts/input-error.ts';
import { engineLoaders } from './engine-loaders.ts';
import type { EngineLoaders } from './engine-loaders.ts';
import type { Engine, EngineName } from './engine.ts';

/** In order of decreasing speed, as tried by `auto`. */
export const ENGINES: readonly EngineName[] = ['fused', 'node', 'wasm', 'cpu'];

/** The setting `engine` of a network fitter. */
export const engineSetting = z
  .enum(['auto', ...ENGINES])
  .default('auto')
  .describe('engine that computes; `auto` selects the fastest available');

/** Everything except its settings that decides a network's bits: `Fitter.environment` of every network fitter. */
export async function engineEnvironment({ engine }: { readonly engine: 'auto' | EngineName }) {
  const chosen = await chooseEngine(engine);
  return { engine: chosen.engine.name, engineDescription: chosen.engine.description };
}

/** Beginning of the sentence about an engine. */
export const ENGINE = 'engine ';

export interface ChosenEngine {
  readonly engine: Engine;
  /** The engine, the reason for it, and the installed TensorFlow: a line for `run.json`. */
  readonly reason: string;
  /** The same as a note for people, if faster engines do not load. */
  readonly notes: readonly string[];
}

/**
 * Loads the requested engine, or for `auto` the first of `ENGINES` that loads.
 *
 * @throws InputError if an engine requested by name does not load, with the reason and a remedy
 */
export async function chooseEngine(
  wanted: 'auto' | EngineName,
  loaders: EngineLoaders = engineLoaders,
): Promise<ChosenEngine> {
  return wanted === 'auto' ? first(loaders) : named(wanted, loaders);
}

async function first(loaders: EngineLoaders): Promise<ChosenEngine> {
  const failures: string[] = [];
  for (const name of ENGINES) {
    try {
      const engine = await loaders[name]();
      if (failures.length === 0) {
        return { engine, reason: await sentence(engine, 'the quickest engine'), notes: [] };
      }
      const reason = await sentence(engine, failures.join('; '));
      return { engine, reason, notes: [reason] };
    } catch (error) {
      failures.push(`${name} does not load (${firstLine(error)})`);
    }
  }
  throw new Error(`no engine for networks loads: ${failures.join('; ')}`);
}

async function named(name: EngineName, loaders: EngineLoaders): Promise<ChosenEngine> {
  let engine: Engine;
  try {
    engine = await loaders[name]();
  } catch (error) {
    const others = ENGINES.filter((other) => other !== name).join(', ');
    const remedy = name === 'node' ? 'build its binding with scripts/build-tfjs-node, or ' : '';
    throw new InputError(
      `engine ${name} does not load (${firstLine(error)}): ${remedy}choose auto, ${others} instead`,
    );
  }
  return { engine, reason: await sentence(engine, 'asked for by name'), notes: [] };
}

async function sentence({ name, description }: Engine, why: string): Promise<string> {
  return `${ENGINE}${name} (${description}): ${why}; ${await tensorFlow()}`;
}

async function tensorFlow(): Promise<string> {
  // Looking for files requires Node; engines in a browser do not need it.
  if (typeof process === 'undefined') return 'no TensorFlow outside Node';
  const { installedTensorFlow } = await import('./tensorflow/installed.ts');
  switch (installedTensorFlow()) {
    case 'node':
      return "TensorFlow's native binding is installed (engine node)";
    case 'wasm':
      return 'TensorFlow is installed with WASM kernels (engine wasm), without its native binding (scripts/build-tfjs-node builds it)';
    case 'none':
      return 'TensorFlow is not installed';
  }
}

/** A package that fails to load may throw something other than an error. */
function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .split('\n', 1)[0]
    .replace(/ imported from .*/, '')
    .trim();
}
