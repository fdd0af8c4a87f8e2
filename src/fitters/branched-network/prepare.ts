import type { FitTask, PreparedFitter } from '../../contracts/fitter.ts';
import { chooseEngine } from '../../nets/choose-engine.ts';
import { DecayNetwork } from '../../nets/decay-network.ts';
import { openNetwork, saveNetwork } from '../../nets/saved-model.ts';
import type { BranchedSettings } from './settings.ts';
import { trainBranched, type Teaching } from './train-network.ts';

/** Trains such a network, or opens a saved one, and makes it ready to fit. */
export async function prepareBranched(
  task: FitTask,
  settings: BranchedSettings,
  teaching: Teaching,
): Promise<PreparedFitter> {
  const { engine, reason } = await chooseEngine(settings.engine);
  const { description, weights } = task.model
    ? await openNetwork(task.model, { fitter: teaching.fitter, bValues: task.bValues })
    : await trainBranched(task, settings, teaching, engine);
  const { network, outputs, training } = description;
  const { voxels, origin, losses, bestEpoch, stoppedBy, startedFrom } = training;
  const predictor = engine.use(network, weights);
  const decay = new DecayNetwork(predictor, network.inputs, outputs);
  return {
    fit: (signals, out) => decay.fit(signals, out),
    save: () => saveNetwork(description, weights),
    losses,
    notes: [
      reason,
      ...(startedFrom
        ? [
            `began with a network trained on ${startedFrom.voxels} ${startedFrom.origin} voxels for ${startedFrom.epochs} epochs`,
          ]
        : []),
      `trained on ${voxels} ${origin} voxels, some of them held out to judge by, for ${losses.length} epochs (lowest loss in epoch ${bestEpoch}), stopped by ${stoppedBy}`,
    ],
    backend: engine.description,
    backendReason: reason,
    dispose: () => predictor.dispose(),
  };
}
