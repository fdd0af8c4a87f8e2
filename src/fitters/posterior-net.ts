import { z } from 'zod';
import type { Fitter, FitTask, PreparedFitter, SavedModel } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { chooseEngine, engineEnvironment, engineSetting } from '../nets/choose-engine.ts';
import type { ChosenEngine } from '../nets/choose-engine.ts';
import type { DenseWeights } from '../nets/engine.ts';
import { packNetwork, unpackNetwork } from '../nets/model-files.ts';
import { requireSameBValues } from '../nets/saved-model.ts';
import { manifest, OUTPUT_NAMES } from './posterior-net/manifest.ts';
import type { Manifest } from './posterior-net/manifest.ts';
import { NetworkInUse } from './posterior-net/network-in-use.ts';
import { priorScale } from './posterior-net/signal-inputs.ts';
import { trainNetwork } from './posterior-net/train-network.ts';

const settings = z
  .strictObject({
    sigma: z
      .enum(['known', 'unknown'])
      .default('known')
      .describe('whether the noise level of every voxel is an input of the network'),
    lowestSnr: z.number().positive().default(5).describe('smallest S0/sigma of the training voxels'),
    highestSnr: z
      .number()
      .positive()
      .default(125)
      .describe('largest S0/sigma of the training voxels; log sigma is drawn uniformly between the two'),
    depth: z.int().min(1).max(32).default(3).describe('number of hidden layers'),
    width: z.int().min(1).max(4096).default(64).describe('units in each hidden layer'),
    batch: z.int().min(2).default(512).describe('voxels per step'),
    epochs: z
      .int()
      .positive()
      .default(240)
      .describe('number of epochs of 50 steps; every step draws new voxels'),
    exactVoxels: z
      .int()
      .positive()
      .default(704)
      .describe('voxels per epoch whose posterior mean is computed by quadrature, as a target without noise'),
    learningRate: z
      .number()
      .positive()
      .default(4e-3)
      .describe('peak learning rate of Adam in the one-cycle schedule'),
    engine: engineSetting,
  })
  .refine(({ lowestSnr, highestSnr }) => lowestSnr < highestSnr, {
    path: ['lowestSnr'],
    error: 'must be below highestSnr',
  });
type Settings = z.infer<typeof settings>;

const STEPS_PER_EPOCH = 50;

/**
 * Amortised Bayesian estimation: a network trained on simulated voxels of the prior approximates the posterior of a voxel. It
 * returns directly what `mmse` integrates, the mean, and also quantiles, from which the standard deviation follows. The means
 * are learnt from exact posterior means, the quantiles from true parameters.
 *
 * Statuses: `converged`; `outOfRange` if a voxel has more or less noise than the network was trained for and is treated as
 * having the nearest such noise (only if the noise is an input); `background` if the signals are best explained by a negative
 * S0; `notFinite`. Means and quantiles are kept inside the prior.
 */
const posteriorNet: Fitter<Settings> = {
  label: 'Posterior network',
  source:
    'Radev et al., BayesFlow: learning complex stochastic models with invertible neural networks, IEEE Trans Neural Netw Learn Syst 2022;33:1452-1466, with regression of means and quantiles in place of flows',
  settings,
  trains: 'on its own voxels',
  settingsWithModel: ['engine'],
  needs: ({ sigma }) => (sigma === 'known' ? ['tissue', 'sigma'] : ['tissue']),
  givesIntervals: true,
  guarantees: ['ordered'],
  environment: engineEnvironment,
  async prepare(task, settings) {
    const chosen = await chooseEngine(settings.engine);
    const trained = task.model ? await open(task.model, task.bValues) : await train(task, settings, chosen);
    return use(trained, chosen);
  },
};
export default posteriorNet;

interface Trained {
  readonly description: Omit<Manifest, 'sha256'>;
  readonly weights: DenseWeights;
}

async function train(task: FitTask, settings: Settings, { engine }: ChosenEngine): Promise<Trained> {
  const { tissue, bValues, seed } = task;
  if (!tissue) {
    throw new InputError(
      'posterior-net needs the distribution the tissue comes from: give data.tissue in the config, or fit with map, ' +
        'which learns its prior from the voxels',
    );
  }
  const { lowestSnr, highestSnr, ...plan } = settings;
  const steps = plan.epochs * STEPS_PER_EPOCH;
  const { network, weights, losses } = await trainNetwork(engine, {
    ...plan,
    bValues,
    tissue,
    seed,
    noise: [1 / highestSnr, 1 / lowestSnr],
    knowsNoise: settings.sigma === 'known',
    stepsPerEpoch: STEPS_PER_EPOCH,
    onProgress: (done, loss) =>
      task.onProgress?.(done / steps, `step ${done} of ${steps}, loss ${loss.toPrecision(4)}`),
  });
  const description: Trained['description'] = {
    format: 'ivim-bench posterior network',
    version: 1,
    fitter: 'posterior-net',
    bValues: [...bValues],
    network,
    outputs: OUTPUT_NAMES,
    tissue,
    sigma: settings.sigma,
    snr: [lowestSnr, highestSnr],
    training: { settings, seed, losses },
    versions: { engine: engine.description },
  };
  return { description, weights };
}

/** @throws InputError if it is damaged, made by another fitter, or for other b-values */
async function open(model: SavedModel, bValues: Float64Array): Promise<Trained> {
  const { manifest: description, weights } = await unpackNetwork(model, manifest, 'posterior-net');
  requireSameBValues(description.bValues, bValues);
  return { description, weights };
}

function use({ description, weights }: Trained, { engine, reason, notes }: ChosenEngine): PreparedFitter {
  const { network, tissue, snr, sigma, bValues, training } = description;
  const predictor = engine.use(network, weights);
  const inUse = new NetworkInUse(
    predictor,
    bValues.length,
    priorScale(tissue),
    [1 / snr[1], 1 / snr[0]],
    sigma === 'known',
  );
  const { epochs, batch, exactVoxels } = training.settings;
  return {
    fit: (signals, out) => inUse.fit(signals, out),
    save: () => packNetwork(description, weights),
    losses: training.losses,
    notes: [
      ...notes,
      `trained for SNR ${snr[0]} to ${snr[1]}, noise ${sigma}: ${Number(epochs) * STEPS_PER_EPOCH} steps of ${batch} voxels, with ${Number(epochs) * Number(exactVoxels)} exact posterior means`,
    ],
    backend: engine.description,
    backendReason: reason,
    dispose: () => predictor.dispose(),
  };
}
