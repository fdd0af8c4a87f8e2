import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PreparedFitter } from '../../src/contracts/fitter.ts';
import type { Signals } from '../../src/contracts/voxels.ts';
import { fitTime } from '../../src/metrics/timing/fit-time.ts';

const test = suite('metrics: fit time');

function voxels(n: number): Signals {
  const bValues = Float64Array.of(0, 10, 100, 500);
  return {
    bValues,
    n,
    values: Float64Array.from({ length: 4 * n }, (_, i) => i),
    scale: new Float64Array(n).fill(1),
    sigma: Float64Array.from({ length: n }, (_, i) => i),
  };
}

/** Is busy for so many microseconds a voxel, and remembers what it was handed. */
function busy(usPerVoxel: number) {
  const calls: number[] = [];
  const fitter: PreparedFitter = {
    fit(signals) {
      calls.push(signals.n);
      assert.is(signals.values.length, 4 * signals.n);
      assert.is(signals.sigma!.length, signals.n);
      assert.is(signals.values.at(-1), 4 * signals.n - 1);
      const until = performance.now() + (usPerVoxel * signals.n) / 1000;
      while (performance.now() < until);
    },
  };
  return { fitter, calls };
}

const brief = { repeatMs: 4, repeats: 5, warmUpMs: 10 };

test('a slow fitter is timed on few voxels, a quick one on all and several times over', async () => {
  const slow = busy(200);
  const { median, fastest, slowest, voxels: used } = await fitTime(slow.fitter, voxels(4096), brief);
  assert.ok(used < 4096);
  assert.is(slow.calls.at(-1), used);
  assert.ok(fastest <= median && median <= slowest);
  // Busy waiting never returns early; how late it may be is the machine's business.
  assert.ok(fastest >= 200 * 0.999);

  const quick = busy(0);
  const time = await fitTime(quick.fitter, voxels(100), brief);
  assert.is(time.voxels, 100);
  assert.ok(quick.calls.length > 10);
});

test('what is handed over are the first voxels; a fitter that answers later is waited for', async () => {
  let open = 0;
  const fitter: PreparedFitter = {
    async fit() {
      assert.is(open++, 0);
      await new Promise((resolve) => setTimeout(resolve, 1));
      open--;
    },
  };
  const { fastest } = await fitTime(fitter, voxels(20), { ...brief, repeats: 3 });
  assert.ok(fastest > 0);
});

test('a fitter that is far too slow is timed three times at least', async () => {
  const { fitter, calls } = busy(500);
  await fitTime(fitter, voxels(16), { ...brief, repeats: 50, warmUpMs: 0, limitMs: 0 });
  // One call to see how long it takes, three to time.
  assert.equal(calls, [16, 16, 16, 16]);
});

test.run();
