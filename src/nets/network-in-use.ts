import type { PreparedFitter } from '../contracts/fitter.ts';
import { counted } from '../wording/counted.ts';
import type { ChosenEngine } from './choose-engine.ts';
import { DecayNetwork } from './decay-network.ts';
import { saveNetwork } from './saved-model.ts';
import type { SavedNetwork } from './saved-model.ts';

/**
 * Creates a fitter from a trained network of the bi-exponential decay.
 *
 * @param trained a note on its training, after those on an engine that does not load and on the network it started from
 */
export function networkInUse(
  { description, weights }: SavedNetwork,
  { engine, reason, notes }: ChosenEngine,
  trained: string,
): PreparedFitter {
  const { network, outputs, training } = description;
  const { startedFrom } = training;
  const predictor = engine.use(network, weights);
  const decay = new DecayNetwork(predictor, network.inputs, outputs);
  return {
    fit: (signals, out) => decay.fit(signals, out),
    save: () => saveNetwork(description, weights),
    losses: training.losses,
    notes: [
      ...notes,
      ...(startedFrom
        ? [
            `began with a network trained on ${startedFrom.voxels} ${startedFrom.origin} voxels for ${counted(startedFrom.epochs, 'epoch')}`,
          ]
        : []),
      trained,
    ],
    backend: engine.description,
    backendReason: reason,
    dispose: () => predictor.dispose(),
  };
}
