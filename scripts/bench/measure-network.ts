import type { LabelledSignals } from '../../src/contracts/voxels.ts';
import type { DenseNetwork, Engine } from '../../src/nets/engine.ts';
import { initialWeights } from '../../src/nets/initialise.ts';
import type { Measurement } from './job.ts';
import { benchmarkVoxels, STUDY_B_VALUES } from './voxels.ts';

const bValues = STUDY_B_VALUES.subarray(1);

export function studyNetwork(hidden: readonly number[]): DenseNetwork {
  return { inputs: bValues.length, hidden, activation: 'elu', outputs: 3, head: { kind: 'abs' } };
}

/** Training steps a second after a warm-up of a second, each step on other rows. */
export function measureTraining(
  engine: Engine,
  hidden: readonly number[],
  batch: number,
  seconds: number,
): Measurement {
  const network = studyNetwork(hidden);
  const rows = inputs(benchmarkVoxels(100_000));
  const trainer = engine.train({
    network,
    weights: initialWeights(network, 1),
    loss: { kind: 'rebuild', bValues },
    batch,
    adam: { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  });
  const x = new Float32Array(batch * network.inputs);
  const last = rows.length - x.length;
  let at = 0;
  const run = (until: number): number => {
    let steps = 0;
    while (performance.now() < until) {
      for (let i = 0; i < 10; i++, steps++, at = (at + x.length) % last) {
        x.set(rows.subarray(at, at + x.length));
        trainer.step(x);
      }
    }
    return steps;
  };
  run(performance.now() + 2000);
  const began = performance.now();
  const steps = run(began + seconds * 1000);
  const elapsed = (performance.now() - began) / 1000;
  if (!Number.isFinite(trainer.takeLoss())) throw new Error('the loss is not finite');
  trainer.dispose();
  return { seconds: elapsed, units: steps, version: engine.description };
}

/** Voxels a second of a network in use. */
export function measureUse(engine: Engine, hidden: readonly number[], seconds: number): Measurement {
  const network = studyNetwork(hidden);
  const rows = inputs(benchmarkVoxels(100_000));
  const n = rows.length / network.inputs;
  const predictor = engine.use(network, initialWeights(network, 1));
  const out = new Float32Array(n * network.outputs);
  let sunk = 0;
  const run = (until: number): number => {
    let voxels = 0;
    while (performance.now() < until) {
      predictor.predict(rows, n, out);
      sunk += out[0];
      voxels += n;
    }
    return voxels;
  };
  run(performance.now() + 1000);
  const began = performance.now();
  const voxels = run(began + seconds * 1000);
  const elapsed = (performance.now() - began) / 1000;
  if (!Number.isFinite(sunk)) throw new Error('the estimates are not finite');
  predictor.dispose();
  return { seconds: elapsed, units: voxels, version: engine.description };
}

/** n x 7 float32: the signals without b=0. */
function inputs({ signals }: LabelledSignals): Float32Array {
  const width = signals.bValues.length;
  const rows = new Float32Array(signals.n * (width - 1));
  for (let i = 0; i < signals.n; i++) {
    for (let k = 1; k < width; k++) rows[i * (width - 1) + k - 1] = signals.values[i * width + k]!;
  }
  return rows;
}
