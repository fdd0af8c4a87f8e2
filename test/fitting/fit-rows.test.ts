import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Fitter } from '../../src/contracts/fitter.ts';
import { allocateEstimates, Status, type Estimates } from '../../src/contracts/voxels.ts';
import type { EstimateSink } from '../../src/data/estimate-sink.ts';
import { keepEstimates } from '../../src/data/keep-estimates.ts';
import type { RowSource } from '../../src/data/row-source.ts';
import { measuredProtocol } from '../../src/data/measured-protocol.ts';
import { fitRows, type FitCounts } from '../../src/fitting/fit-rows.ts';
import { prepareFitter } from '../../src/fitting/prepare.ts';
import learning from './learning-fitter.ts';
import slope from './slope-fitter.ts';

const test = suite('fit-rows');
const bValues = Float64Array.of(0, 50, 400, 1000, 0);
const n = 20_011;

/** Rows made up by their number: every 7th outside the mask, every 11th not finite, every 13th empty. */
const source: RowSource = {
  n,
  bValues,
  normalised: false,
  inside: Uint8Array.from({ length: n }, (_, i) => (i % 7 === 0 ? 0 : 1)),
  notes: [],
  async read(first, count, into) {
    for (let i = 0; i < count; i++) {
      const row = first + i;
      const D = 5e-4 + (row % 1000) * 1e-6;
      bValues.forEach((b, c) => {
        into[i * bValues.length + c] = row % 13 === 0 ? 0 : (100 + row) * Math.exp(-b * D);
      });
      if (row % 11 === 0) into[i * bValues.length + 2] = NaN;
    }
  },
  close: async () => {},
};

async function run(
  fitter: Fitter,
  name: string,
  threads: number,
): Promise<{ counts: FitCounts; all: Estimates }> {
  const protocol = measuredProtocol(bValues, false, 'rows');
  const settings = fitter.settings?.parse({});
  const module = new URL(`./${name}-fitter.ts`, import.meta.url);
  const prepared = await prepareFitter({
    name,
    module,
    fitter,
    settings,
    source,
    protocol,
    seed: 5,
    note: () => {},
  });
  const all = allocateEstimates(n);
  const sink: EstimateSink = {
    write: async (first, piece) => keepEstimates(all, first, piece),
    finish: async () => ({ paths: [], commit: async () => {} }),
    discard: () => {},
  };
  const counts = await fitRows(source, protocol, prepared.fitter, sink, {
    threads,
    worthSeconds: 0,
    ...(threads > 1 && prepared.startPool ? { startPool: prepared.startPool } : {}),
  });
  return { counts, all };
}

const bytes = (values: Float64Array): Uint8Array => new Uint8Array(values.buffer);

test('two threads give the same estimates, bit for bit, as one', async () => {
  const one = await run(slope as Fitter, 'slope', 1);
  const two = await run(slope as Fitter, 'slope', 2);
  assert.is(one.counts.threads, 1);
  assert.is(two.counts.threads, 2);
  for (const name of ['S0', 'D', 'f', 'Dp'] as const) {
    assert.ok(Buffer.compare(bytes(one.all[name]), bytes(two.all[name])) === 0, name);
  }
  assert.equal(one.all.status, two.all.status);
  assert.equal(one.counts.byStatus, two.counts.byStatus);
});

test('every row is answered: estimates are right, the others say why they have none', async () => {
  const { counts, all } = await run(slope as Fitter, 'slope', 1);
  for (let i = 0; i < n; i++) {
    const outside = i % 7 === 0 || (i % 13 === 0 && i % 11 !== 0);
    const expected = outside ? Status.background : i % 11 === 0 ? Status.notFinite : Status.converged;
    assert.is(all.status[i], expected, `row ${i}`);
    if (expected !== Status.converged) {
      assert.ok(Number.isNaN(all.S0[i] + all.D[i] + all.f[i] + all.Dp[i]) && Number.isNaN(all.f[i]));
      continue;
    }
    assert.ok(Math.abs(all.D[i] - (5e-4 + (i % 1000) * 1e-6)) < 1e-12);
    assert.ok(Math.abs(all.S0[i] - (100 + i)) < 1e-9);
  }
  const { background, notFinite, converged } = counts.byStatus;
  assert.is(background + notFinite + converged, n);
  assert.is(counts.fitted, converged);
});

test('what a fitter learnt from the file is handed on to the threads', async () => {
  const one = await run(learning, 'learning', 1);
  const two = await run(learning, 'learning', 2);
  assert.is(two.counts.threads, 2);
  const mean = one.all.f.find((value) => !Number.isNaN(value))!;
  // The highest b-value, normalised, of every row that can be fitted.
  const fitted = Array.from({ length: n }, (_, row) => row).filter((row) => row % 7 && row % 11 && row % 13);
  const decays = fitted.map((row) => Math.exp(-1000 * (5e-4 + (row % 1000) * 1e-6)));
  const expected = decays.reduce((sum, each) => sum + each, 0) / fitted.length;
  assert.ok(Math.abs(mean - expected) < 1e-12, `${mean}, not ${expected}`);
  assert.ok(Buffer.compare(bytes(one.all.f), bytes(two.all.f)) === 0);
  assert.ok(Buffer.compare(bytes(one.all.Dp), bytes(two.all.Dp)) === 0);
});

test('a fitter that breaks in a thread fails the fit and leaves no thread behind', async () => {
  const protocol = measuredProtocol(bValues, false, 'rows');
  const { startPool } = await import('../../src/fitting/pool.ts');
  const prepared = await (slope as Fitter).prepare(
    { bValues: protocol.bValues, seed: 1 },
    { Dp: 1, deep: { f: 0 } },
  );
  const sink: EstimateSink = {
    write: async () => {},
    finish: async () => ({ paths: [], commit: async () => {} }),
    discard: () => {},
  };
  let message = '';
  try {
    await fitRows(source, protocol, prepared, sink, {
      threads: 2,
      worthSeconds: 0,
      startPool: async (threads, slots) =>
        startPool(threads, {
          fitter: new URL('./no-such-fitter.ts', import.meta.url).href,
          settings: {},
          seed: 1,
          protocol,
          slots,
        }),
    });
  } catch (error) {
    message = (error as Error).message;
  }
  assert.match(message, /no-such-fitter/);
});

test.run();
