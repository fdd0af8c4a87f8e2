import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../src/contracts/input-error.ts';
import { allocateEstimates } from '../../src/contracts/voxels.ts';
import superIvimDc from '../../src/fitters/super-ivim-dc.ts';
import { learnFrom, rmse, simulated } from './kaandorp-voxels.ts';

const test = suite('super-ivim-dc');

const settings = (given: Record<string, unknown> = {}) => superIvimDc.settings!.parse(given);
/** The authors' simulations have SNR 10. */
const unseen = simulated(4000, 10, 21);

async function errorsOf(given: Record<string, unknown>): Promise<Record<'D' | 'f' | 'Dp', number>> {
  const prepared = await superIvimDc.prepare(learnFrom(simulated(20_000, 10, 1)), settings(given));
  const out = allocateEstimates(unseen.signals.n);
  await prepared.fit(unseen.signals, out);
  const error = (name: 'D' | 'f' | 'Dp') => rmse(out, unseen.truth, name);
  return { D: error('D'), f: error('f'), Dp: error('Dp') };
}

test('learns from truth: nearer to it than the spread of the tissue, and than without supervision', async () => {
  const brief = { learningRate: 1e-3, epochs: 25 };
  const taught = await errorsOf(brief);
  // Standard deviations of uniform distributions are what answering the mean would err by.
  const spread = { D: 0.0025, f: 0.5, Dp: 0.09 };
  for (const name of ['D', 'f', 'Dp'] as const)
    assert.ok(taught[name] < (0.95 * spread[name]) / Math.sqrt(12), `${name} ${taught[name]}`);
  const alone = await errorsOf({ ...brief, supervision: { D: 0, f: 0, Dp: 0 }, consistency: 1 });
  assert.ok(taught.Dp < 0.9 * alone.Dp, `Dp ${taught.Dp} and ${alone.Dp}`);
});

test('the defaults are those of the authors', () => {
  assert.equal(settings(), {
    depth: 4,
    width: 'b-values',
    batchNorm: true,
    dropout: 0.1,
    ranges: { S0: [0.7, 1.3], D: [-0.0001, 0.005], f: [-0.05, 0.7], Dp: [-0.05, 0.3] },
    widen: 0,
    engine: 'auto',
    learningRate: 1e-4,
    weightDecay: 1e-4,
    batch: 128,
    iterations: 500,
    epochs: 1000,
    patience: 10,
    trainFraction: 0.9,
    restore_best: 'best',
    supervision: { D: 20_000, f: 80, Dp: 200 },
    consistency: 0.1,
  });
});

test('a scan, whose truth nobody knows, is refused', async () => {
  const { signals, truth } = simulated(500, 10, 3);
  const unknown = { ...truth, D: truth.D.map(() => NaN) };
  try {
    await superIvimDc.prepare(learnFrom({ signals, truth: unknown }), settings());
  } catch (error) {
    assert.instance(error, InputError);
    return assert.match((error as InputError).message, /learns from voxels whose truth is known/);
  }
  assert.unreachable('not refused');
});

test.run();
