import type { LabelledSignals } from '../../src/contracts/voxels.ts';
import type { DenseNetwork, Engine, Loss } from '../../src/nets/engine.ts';
import { initialWeights } from '../../src/nets/initialise.ts';
import type { Measurement } from './job.ts';
import { benchmarkVoxels, STUDY_B_VALUES } from './voxels.ts';

const bValues = STUDY_B_VALUES.subarray(1);

export function studyNetwork(hidden: readonly number[]): DenseNetwork {
  return { inputs: bValues.length, hidden, activation: 'elu', outputs: 3, head: { kind: 'abs' } };
}

/** The optimised network of Kaandorp 2021, as the package ivimnet has it: four branches, which read b=0 too. */
export const optimisedNetwork: DenseNetwork = {
  inputs: STUDY_B_VALUES.length,
  hidden: [STUDY_B_VALUES.length, STUDY_B_VALUES.length],
  activation: 'elu',
  outputs: 4,
  branches: 4,
  batchNorm: true,
  dropout: [0.1, 0],
  head: { kind: 'sigmoid', low: [0.005, 0, 0, 0], high: [0.2, 0.005, 0.7, 2] },
};

/** Training steps a second of the study's network. */
export function measureTraining(
  engine: Engine,
  hidden: readonly number[],
  batch: number,
  seconds: number,
): Measurement {
  const rows = inputs(benchmarkVoxels(100_000), 1);
  return timeTraining(engine, studyNetwork(hidden), { kind: 'rebuild', bValues }, rows, batch, seconds);
}

/** The same of the optimised network. */
export function measureOptimisedTraining(engine: Engine, batch: number, seconds: number): Measurement {
  const rows = inputs(benchmarkVoxels(100_000), 0);
  const loss: Loss = { kind: 'rebuild-s0', bValues: STUDY_B_VALUES, consistency: 1, supervision: [] };
  return timeTraining(engine, optimisedNetwork, loss, rows, batch, seconds);
}

/** Steps a second after a warm-up of two seconds, each on other rows. */
function timeTraining(
  engine: Engine,
  network: DenseNetwork,
  loss: Loss,
  rows: Float32Array,
  batch: number,
  seconds: number,
): Measurement {
  const trainer = engine.train({
    network,
    weights: initialWeights(network, 1),
    loss,
    batch,
    adam: { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  });
  const x = new Float32Array(batch * network.inputs);
  const last = rows.length - x.length;
  let at = 0;
  let least = Infinity;
  const run = (until: number): number => {
    let steps = 0;
    for (let now = performance.now(); now < until;) {
      for (let i = 0; i < 10; i++, steps++, at = (at + x.length) % last) {
        x.set(rows.subarray(at, at + x.length));
        trainer.step(x);
      }
      const began = now;
      now = performance.now();
      least = Math.min(least, (now - began) / 1e4);
    }
    return steps;
  };
  run(performance.now() + 2000);
  const began = performance.now();
  const steps = run(began + seconds * 1000);
  const elapsed = (performance.now() - began) / 1000;
  if (!Number.isFinite(trainer.takeLoss())) throw new Error('the loss is not finite');
  trainer.dispose();
  return { seconds: elapsed, units: steps, least, version: engine.description };
}

/** Voxels a second of the study's network in use. */
export function measureUse(engine: Engine, hidden: readonly number[], seconds: number): Measurement {
  return timeUse(engine, studyNetwork(hidden), inputs(benchmarkVoxels(100_000), 1), seconds);
}

/** The same of the optimised network. */
export function measureOptimisedUse(engine: Engine, seconds: number): Measurement {
  return timeUse(engine, optimisedNetwork, inputs(benchmarkVoxels(100_000), 0), seconds);
}

function timeUse(engine: Engine, network: DenseNetwork, rows: Float32Array, seconds: number): Measurement {
  const n = rows.length / network.inputs;
  const predictor = engine.use(network, initialWeights(network, 1));
  const out = new Float32Array(n * network.outputs);
  let sunk = 0;
  let least = Infinity;
  const run = (until: number): number => {
    let voxels = 0;
    for (let now = performance.now(); now < until;) {
      predictor.predict(rows, n, out);
      sunk += out[0];
      voxels += n;
      const began = now;
      now = performance.now();
      least = Math.min(least, (now - began) / 1e3 / n);
    }
    return voxels;
  };
  run(performance.now() + 1000);
  const began = performance.now();
  const voxels = run(began + seconds * 1000);
  const elapsed = (performance.now() - began) / 1000;
  if (!Number.isFinite(sunk)) throw new Error('the estimates are not finite');
  predictor.dispose();
  return { seconds: elapsed, units: voxels, least, version: engine.description };
}

/** The signals as float32, row by row, from b-value number `first` on. */
function inputs({ signals }: LabelledSignals, first: number): Float32Array {
  const width = signals.bValues.length;
  const rows = new Float32Array(signals.n * (width - first));
  let at = 0;
  for (let i = 0; i < signals.n; i++) {
    for (let k = first; k < width; k++) rows[at++] = signals.values[i * width + k]!;
  }
  return rows;
}
