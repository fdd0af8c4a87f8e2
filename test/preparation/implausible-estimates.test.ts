import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { implausibleEstimates } from '../../src/preparation/implausible-estimates.ts';
import { allocateEstimates, Status } from '../../src/contracts/voxels.ts';

const test = suite('experiments: doubtful answers');

function answers() {
  const out = allocateEstimates(4);
  out.status.fill(Status.converged);
  for (const [column, value] of [
    [out.D, 0.001],
    [out.f, 0.2],
    [out.Dp, 0.05],
  ] as const)
    column.fill(value);
  return out;
}

test('good answers are not remarked upon, bounds among them', () => {
  const out = answers();
  out.f.set([0, 1, 0, 1]);
  out.D[0] = out.Dp[1] = 0;
  assert.equal(implausibleEstimates(out), []);
});

test('what tissue can’t have is counted, in voxels that count as fitted alone', () => {
  const out = answers();
  out.f.set([-0.1, 1.1, NaN, -5]);
  out.D[0] = -1e-9;
  out.status[2] = out.status[3] = Status.notConverged;
  assert.equal(implausibleEstimates(out), [
    '1 of 2 voxels that count as fitted has a D below 0',
    '2 of 2 voxels that count as fitted have an f outside 0..1',
  ]);
});

test('a fitter without any estimate is told of', () => {
  const out = answers();
  out.status.fill(Status.notConverged);
  assert.equal(implausibleEstimates(out), ['no voxel has an estimate']);
});

test.run();
