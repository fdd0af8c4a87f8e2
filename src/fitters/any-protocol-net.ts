import { z } from 'zod';
import type { Distribution, Fitter, FitTask, PreparedFitter, SavedModel } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { QUANTILE_LEVELS } from '../contracts/voxels.ts';
import { chooseEngine, engineSetting } from '../nets/choose-engine.ts';
import type { ChosenEngine } from '../nets/choose-engine.ts';
import type { DenseWeights } from '../nets/engine.ts';
import { packNetwork, shippedModel, unpackNetwork } from '../nets/model-files.ts';
import { PROTOCOLS, requireKnownRange } from './any-protocol-net/draw-protocol.ts';
import { manifest, TISSUES } from './any-protocol-net/manifest.ts';
import type { Manifest } from './any-protocol-net/manifest.ts';
import type { MeasuredAt } from './any-protocol-net/measured-at.ts';
import { INPUTS } from './any-protocol-net/protocol-inputs.ts';
import { NetworkInUse } from './any-protocol-net/network-in-use.ts';
import { PriorGrid } from './any-protocol-net/posterior-mode.ts';
import { SNR } from './any-protocol-net/lessons.ts';
import { trainNetwork } from './any-protocol-net/train-network.ts';

const NAME = 'any-protocol-net';

const settings = z.strictObject({
  prior: z
    .enum(['body', 'study', 'tissue'])
    .default('body')
    .describe(
      'prior of the tissue. The package contains networks for `body` (D 0.0001 to 0.003, f 0 to 1 with small values ' +
        'likelier, Dp 0.005 to 0.5 with most near 0.02) and `study` (the simulations of Barbieri 2020); `tissue` trains one for the tissue of the config',
    ),
  engine: engineSetting,
  depth: z
    .int()
    .min(1)
    .max(32)
    .default(3)
    .describe('number of hidden layers; this and the next keys apply if a network is trained'),
  width: z.int().min(1).max(4096).default(64).describe('units in each hidden layer'),
  steps: z.int().min(1).max(10_000_000).default(20_000).describe('number of training steps'),
  batch: z.int().min(1).max(1_000_000).default(1024).describe('new voxels per step'),
  learningRate: z
    .number()
    .positive()
    .default(3e-3)
    .describe('peak learning rate of Adam in the one-cycle schedule'),
});
type Settings = z.infer<typeof settings>;

/**
 * One network for any b-values. The information in a voxel is expressed in features that mean the same under every protocol
 * (`ProtocolInputs`): best linear estimates, and a posterior mode with the curvature there. The network, trained on random
 * tissue, protocols and noise, corrects them to the mean and quantiles of the posterior (`trainNetwork`).
 *
 * Statuses: `atBound` if the mean had to be moved to a bound of the prior; `outOfRange` if the voxel has less noise than the
 * network was trained for, and is treated as having the smallest such noise (intervals are then too wide), or if its signals
 * are far from those of any tissue; `background` if b=0 is below twice the noise. Standard deviations: of the posterior.
 */
const anyProtocolNet: Fitter<Settings> = {
  label: 'Network for any protocol',
  source:
    'Own; after Kay, Fundamentals of Statistical Signal Processing: Estimation Theory, 1993, ch. 11 and 12 (posterior ' +
    'mean, linear estimates) and Koenker and Bassett, Econometrica 1978;46:33-50 (quantiles)',
  settings,
  trains: 'on its own voxels',
  estimatesS0: true,
  settingsWithModel: ['engine'],
  needs: ({ prior }) => (prior === 'tissue' ? ['sigma', 'tissue'] : ['sigma']),
  givesIntervals: true,
  forAnyProtocol: true,
  weighsAverages: true,
  // Its estimates depend on its prior.
  guarantees: ['ordered'],
  async environment({ engine, prior }) {
    const chosen = await chooseEngine(engine);
    return {
      engine: chosen.engine.name,
      engineDescription: chosen.engine.description,
      ...(prior === 'tissue' ? {} : { network: await checksum(await shippedModel(`${NAME}/${prior}`)) }),
    };
  },
  checkProtocol: requireKnownRange,
  async prepare(task, settings) {
    const measured = {
      bValues: task.bValues,
      repeats: task.averages ?? new Float64Array(task.bValues.length).fill(1),
    };
    requireKnownRange(task.bValues);
    const chosen = await chooseEngine(settings.engine);
    const trained =
      !task.model && (task.ignoreShipped || settings.prior === 'tissue')
        ? await train(task, settings, chosen)
        : await unpackNetwork(
            task.model ?? (await shippedModel(shippedName(settings.prior, task.bValues))),
            manifest,
            NAME,
          );
    requireInputs(trained.manifest);
    requireSameLowest(trained.manifest, task.bValues);
    return use(trained, measured, chosen);
  },
};
export default anyProtocolNet;

/** Returns the name of the shipped network for a prior: one for protocols with b=0, another for those without. */
const shippedName = (prior: string, bValues: Float64Array): string =>
  `${NAME}/${prior}${bValues[0] > 0 ? '-without-b0' : ''}`;

/** @throws InputError if a network was trained by a version of the program with other inputs */
function requireInputs({ network }: Trained['manifest']): void {
  if (network.inputs === INPUTS) return;
  throw new InputError(
    `${NAME}: the network takes ${network.inputs} inputs, but this version computes ${INPUTS}; train it again`,
  );
}

/** @throws InputError if a network trained with b=0 is applied to signals without it, or vice versa */
function requireSameLowest({ range }: Trained['manifest'], bValues: Float64Array): void {
  const withoutB0 = bValues[0] > 0;
  if (withoutB0 === (range.lowestB !== undefined)) return;
  const words = (lacks: boolean) => (lacks ? 'without b=0' : 'with b=0');
  throw new InputError(
    `${NAME}: the network was trained on protocols ${words(!withoutB0)}, but these signals come ${words(withoutB0)}`,
  );
}

async function checksum(model: SavedModel): Promise<string> {
  return (await unpackNetwork(model, manifest, NAME)).manifest.sha256['weights.bin'];
}

interface Trained {
  readonly manifest: Omit<Manifest, 'sha256'>;
  readonly weights: DenseWeights;
}

async function train(task: FitTask, settings: Settings, { engine }: ChosenEngine): Promise<Trained> {
  const tissue = settings.prior === 'tissue' ? task.tissue : TISSUES[settings.prior];
  if (!tissue) {
    throw new InputError(`${NAME} trains for the distribution the tissue comes from: give data.tissue`);
  }
  const withoutB0 = task.bValues[0] > 0;
  const { network, weights, losses } = await trainNetwork(
    engine,
    { tissue, withoutB0 },
    settings,
    task.seed,
    (steps, loss) => task.onProgress?.(steps / settings.steps, `${steps} steps, loss ${loss.toPrecision(5)}`),
  );
  const { largest, smallest, fewest, most, lowest } = PROTOCOLS;
  return {
    weights,
    manifest: {
      format: 'ivim-bench network for any protocol',
      version: 1,
      fitter: NAME,
      tissue,
      network,
      quantiles: QUANTILE_LEVELS,
      range: {
        snr: [SNR.lowest, SNR.highest],
        largestB: largest,
        smallestB: smallest,
        bValues: [fewest, most],
        ...(withoutB0 ? { lowestB: [1, lowest] as const } : {}),
      },
      training: { settings, seed: task.seed, voxels: settings.steps * settings.batch, losses },
      versions: { engine: engine.description },
    },
  };
}

function use(
  { manifest, weights }: Trained,
  measured: MeasuredAt,
  { engine, reason, notes }: ChosenEngine,
): PreparedFitter {
  const { network, tissue, training } = manifest;
  const predictor = engine.use(network, weights);
  const inUse = new NetworkInUse(predictor, measured, new PriorGrid(tissue));
  return {
    fit: (signals, out) => inUse.fit(signals, out),
    save: () => packNetwork(manifest, weights),
    losses: training.losses,
    notes: [
      ...notes,
      `expects D ${inWords(tissue.D)}, f ${inWords(tissue.f)}, Dp ${inWords(tissue.Dp)}; trained on ${training.voxels} voxels of random protocols`,
    ],
    backend: engine.description,
    backendReason: reason,
    dispose: () => predictor.dispose(),
  };
}

/** `uniform 0.0001 to 0.003` */
function inWords(distribution: Distribution): string {
  if ('uniform' in distribution) return `uniform ${distribution.uniform.join(' to ')}`;
  if ('logUniform' in distribution) return `log-uniform ${distribution.logUniform.join(' to ')}`;
  if ('normal' in distribution) {
    const { mean, sd } = distribution.normal;
    return `normal with mean ${mean} and SD ${sd}`;
  }
  if ('logNormal' in distribution) {
    const { median, sd, within } = distribution.logNormal;
    return `log-normal with median ${median} and SD ${sd}, ${within.join(' to ')}`;
  }
  return `constant ${distribution.constant}`;
}
