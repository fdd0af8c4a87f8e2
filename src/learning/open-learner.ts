import type { PluginEntry } from '../contracts/study.ts';
import { loadModel } from '../plugins/discover.ts';
import { chooseBackend } from './backends.ts';
import type { PlannedEngine } from './planned-engine.ts';
import { TensorFlowLearner, type LearnerOptions } from './tensorflow-learner.ts';

/** A network as it is planned, and how it learns. */
export interface PlannedLearner extends Omit<LearnerOptions, 'backend' | 'network'> {
  readonly model: PluginEntry;
  /** What computes decides the last bits. */
  readonly engine: PlannedEngine;
  /** What the network is to return for one case, its outputs last: [classes], or [height, width, channels]. */
  readonly outputs: readonly number[];
}

/**
 * Builds a network for cases of a shape. The caller disposes of it.
 * @returns the learner, and a description of what computes it
 * @throws InputError where there is no such network, or it can't be built for this shape
 */
export async function openLearner({
  model,
  engine,
  ...options
}: PlannedLearner): Promise<{ learner: TensorFlowLearner; description: string }> {
  const { value: plugin } = await loadModel(model.module);
  const { backend, description } = await chooseBackend(engine.name);
  const network = plugin.build(model.settings, options.shape, options.outputs.at(-1)!);
  return { learner: new TensorFlowLearner({ ...options, backend, network }), description };
}
