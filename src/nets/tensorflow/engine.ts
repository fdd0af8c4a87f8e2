import type { Engine, EngineName } from '../engine.ts';
import type { Backend } from './backend.ts';
import { tensorFlowPredictor } from './predictor.ts';
import { tensorFlowTrainer } from './trainer.ts';

/** The engine that a started TensorFlow backend is. */
export function tensorFlowEngine(name: EngineName, description: string, backend: Backend): Engine {
  return {
    name,
    description,
    train: (options) => tensorFlowTrainer(backend, options),
    use: (network, weights) => tensorFlowPredictor(backend, network, weights),
  };
}
