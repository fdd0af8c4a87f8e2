import type { FitTask, PreparedFitter } from '../../contracts/fitter.ts';
import { chooseEngine } from '../../nets/choose-engine.ts';
import { networkInUse } from '../../nets/network-in-use.ts';
import { openNetwork } from '../../nets/saved-model.ts';
import { counted } from '../../wording/counted.ts';
import type { BranchedSettings } from './settings.ts';
import { trainBranched } from './train-network.ts';
import type { Teaching } from './train-network.ts';

/** Trains a branched network, or opens a saved one, and prepares it to fit. */
export async function prepareBranched(
  task: FitTask,
  settings: BranchedSettings,
  teaching: Teaching,
): Promise<PreparedFitter> {
  const chosen = await chooseEngine(settings.engine);
  const saved = task.model
    ? await openNetwork(task.model, { fitter: teaching.fitter, bValues: task.bValues })
    : await trainBranched(task, settings, teaching, chosen.engine);
  const { voxels, origin, losses, bestEpoch, stoppedBy } = saved.description.training;
  const trained = `trained on ${voxels} ${origin} voxels, some of them held out to judge by, for ${counted(losses.length, 'epoch')} (lowest loss in epoch ${bestEpoch}), stopped by ${stoppedBy}`;
  return networkInUse(saved, chosen, trained);
}
