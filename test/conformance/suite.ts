import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readProtocol } from '../../src/config/read-protocol.ts';
import type { Fitter, FitTask, Guarantee, PreparedFitter } from '../../src/contracts/fitter.ts';
import {
  allocateEstimates,
  failedFrom,
  PARAMETERS,
  QUANTILE_LEVELS,
  Status,
  type Estimates,
  type ParameterName,
  type Parameters,
  type Signals,
} from '../../src/contracts/voxels.ts';
import { signalColumns } from '../../src/data/signal-columns.ts';
import { protocolNames } from '../../src/plugins/discover.ts';
import { amongOdd, oddSignals, slice, TISSUE, voxels } from './voxels.ts';

const STUDY = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);
const EXACT = 1e-3;
/** Fitters that train get this many voxels and, where their settings have `epochs`, so many epochs. */
const TRAINING = { voxels: 10_000, epochs: 40 };
const BRIEF = { voxels: 1_000, epochs: 2 };

/**
 * Holds one fitter to its contract. Call it for every fitter of a file before anything is awaited: uvu runs what it
 * was given when the file's first turn ends.
 */
export function conformance(fitter: Fitter, name: string): void {
  const test = suite(`conformance of ${name}`);
  const guarantees = guaranteesOf(fitter);
  const estimated = fitter.estimates ?? PARAMETERS;

  test('finds the truth where there is no noise', async () => {
    const { signals, truth } = voxels(STUDY, 200, Infinity, 11);
    const known = { ...signals, sigma: new Float64Array(200).fill(0.005) };
    const out = await fit(await prepare(fitter, STUDY, TRAINING), known);
    assert.is(failures(out), 0, 'no voxel fails');
    if (guarantees.includes('exact')) {
      for (const parameter of estimated) {
        const worst = Math.max(...out[parameter].map((x, i) => Math.abs(x / truth[parameter][i] - 1)));
        assert.ok(worst <= EXACT, `${parameter} is off by ${worst} of itself, ${EXACT} is allowed`);
      }
    } else {
      for (const parameter of estimated.filter((name) => name !== 'Dp')) {
        const typical = median(out[parameter].map((x, i) => Math.abs(x - truth[parameter][i])));
        const guess = spread(truth[parameter]);
        assert.ok(
          typical < guess,
          `${parameter} is off by ${typical}; answering the median every time, ${guess}`,
        );
      }
    }
  });

  if (guarantees.includes('exact')) {
    test('finds the truth under every registered protocol', async () => {
      for (const { protocol, bValues } of await protocols()) {
        const { signals, truth } = voxels(bValues, 50, Infinity, 21);
        const out = await fit(await prepare(fitter, bValues, BRIEF), signals);
        for (const parameter of estimated) {
          const worst = Math.max(...out[parameter].map((x, i) => Math.abs(x / truth[parameter][i] - 1)));
          assert.ok(worst <= EXACT, `${protocol}: ${parameter} is off by ${worst} of itself`);
        }
      }
    });
  }

  test('fits every registered protocol', async () => {
    for (const { protocol, bValues } of await protocols()) {
      const { signals } = voxels(bValues, 100, 20, 31);
      const out = await fit(await prepare(fitter, bValues, BRIEF), signals);
      checkEstimates(out, signals, fitter, protocol);
    }
  });

  test('answers odd signals with a valid estimate or a failed status', async () => {
    const { signals, finite } = oddSignals(STUDY);
    const out = await fit(await prepare(fitter, STUDY, BRIEF), signals);
    checkEstimates(out, signals, fitter, 'odd signals');
    finite.forEach((whole, i) => {
      if (!whole) assert.is(out.status[i], Status.notFinite, `row ${i} holds NaN or infinity`);
    });
  });

  test('fails voxels without a usable b=0 mean', async () => {
    const { signals } = voxels(STUDY, 4, 20, 41);
    signals.scale.set([0, -1, NaN, Infinity]);
    const out = await fit(await prepare(fitter, STUDY, BRIEF), signals);
    for (let i = 0; i < 4; i++) assert.is(out.status[i], Status.notFinite, `b=0 mean ${signals.scale[i]}`);
  });

  test('gets ready from voxels among which odd ones stand', async () => {
    const { signals } = voxels(STUDY, 50, 40, 45);
    const task: FitTask = {
      ...taskOf(STUDY, BRIEF.voxels),
      training: async () => amongOdd(STUDY, BRIEF.voxels, 20, 1001),
      allVoxels: async () => amongOdd(STUDY, 500, 20, 2001).signals,
    };
    const prepared = await fitter.prepare(task, settingsFor(fitter, BRIEF.epochs));
    const out = await fit(prepared, { ...signals, sigma: new Float64Array(50).fill(0.025) });
    checkEstimates(out, signals, fitter, 'ordinary signals');
    assert.is(failures(out), 0, 'no voxel fails');
  });

  test('gives the same answers for the same seed', async () => {
    const { signals } = voxels(STUDY, 50, 15, 51);
    const once = await fit(await prepare(fitter, STUDY, BRIEF), signals);
    const again = await fit(await prepare(fitter, STUDY, BRIEF), signals);
    sameBits(once, again, 'second preparation');
  });

  test('leaves its input alone', async () => {
    const { signals } = voxels(STUDY, 50, 15, 61);
    const before = structuredClone(signals);
    await fit(await prepare(fitter, STUDY, BRIEF), signals);
    assert.equal(signals, before);
  });

  test('fits a voxel alone as it fits it among a thousand', async () => {
    const { signals } = amongOdd(STUDY, 1000, 12, 71);
    const prepared = await prepare(fitter, STUDY, BRIEF);
    const together = await fit(prepared, signals);
    for (const i of [0, 1, 499, 500, 503, 510, 517, 518, 519, 520, 998, 999]) {
      sameBits(await fit(prepared, slice(signals, i, i + 1)), part(together, i, i + 1), `voxel ${i}`);
    }
    sameBits(await fit(prepared, slice(signals, 400, 613)), part(together, 400, 613), 'a part');
  });

  test('answers are its own, whatever stood in their place', async () => {
    const { signals } = voxels(STUDY, 40, 10, 81);
    signals.values[3 * STUDY.length + 2] = NaN;
    const prepared = await prepare(fitter, STUDY, BRIEF);
    const clean = await fit(prepared, signals);
    const used = allocateEstimates(signals.n, { sd: true });
    for (const column of columns(used)) column.fill(0.123);
    used.status.fill(Status.converged);
    await prepared.fit(signals, used);
    sameBits(used, clean, 'used room');
    const bare = allocateEstimates(signals.n);
    await prepared.fit(signals, bare);
    sameBits(bare, clean, 'without deviations');
  });

  test('has nothing to say about no voxels', async () => {
    const { signals } = voxels(STUDY, 1, 10, 91);
    await (await prepare(fitter, STUDY, BRIEF)).fit(slice(signals, 0, 0), allocateEstimates(0));
  });

  test('refuses settings it does not know', () => {
    if (fitter.settings) assert.not(fitter.settings.safeParse({ noSuchSetting: 1 }).success);
  });

  test('says what it is', () => {
    assert.ok(fitter.label.length > 0 && fitter.label.length <= 40, 'a label fits a legend');
    assert.ok(fitter.source.length > 0, 'a source');
  });

  test.run();
}

/** Every voxel is either failed and NaN throughout, or a possible tissue; NaN too is what the fitter doesn't estimate. */
function checkEstimates(out: Estimates, signals: Signals, fitter: Fitter, where: string): void {
  const guarantees = guaranteesOf(fitter);
  const estimated = fitter.estimates ?? PARAMETERS;
  const has = (name: ParameterName) => estimated.includes(name);
  for (let i = 0; i < out.n; i++) {
    const at = `${where}, voxel ${i}, status ${out.status[i]}`;
    const { status, S0, D, f, Dp } = out;
    assert.is.not(status[i], Status.notFitted, at);
    assert.ok(
      Object.values(Status).some((known) => known === status[i]),
      `${at}: a known status`,
    );
    if (status[i] >= failedFrom) {
      for (const column of columns(out)) assert.ok(Number.isNaN(column[i]), `${at}: failed, so NaN`);
      for (const quantile of quantilesOf(out, i)) assert.ok(Number.isNaN(quantile), `${at}: failed, so NaN`);
      continue;
    }
    assert.ok(Number.isFinite(S0[i]), `${at}: S0 is finite`);
    for (const name of PARAMETERS) {
      if (has(name)) assert.ok(Number.isFinite(out[name][i]), `${at}: ${name} is finite`);
      else assert.ok(Number.isNaN(out[name][i]), `${at}: ${name} is not estimated, so NaN`);
    }
    if (has('f')) assert.ok(f[i] >= 0 && f[i] <= 1, `${at}: f is ${f[i]}`);
    if (has('D')) assert.ok(D[i] >= 0, `${at}: D is ${D[i]}`);
    if (has('Dp')) assert.ok(Dp[i] >= 0, `${at}: Dp is ${Dp[i]}`);
    assert.ok(S0[i] > 0 || signals.values[i * signals.bValues.length] <= 0, `${at}: S0 is ${S0[i]}`);
    if (guarantees.includes('ordered') && has('D') && has('Dp'))
      assert.ok(Dp[i] >= D[i], `${at}: Dp ${Dp[i]} is below D ${D[i]}`);
    if (!out.sd) continue;
    for (const parameter of PARAMETERS) {
      const sd = out.sd[parameter][i];
      assert.ok(Number.isNaN(sd) || (sd >= 0 && sd < Infinity), `${at}: sd of ${parameter} is ${sd}`);
    }
    quantilesOf(out, i).forEach((quantile, k, all) => {
      if (Number.isNaN(quantile) || k % QUANTILE_LEVELS.length === 0) return;
      assert.ok(quantile >= all[k - 1], `${at}: quantiles ascend`);
    });
  }
}

async function prepare(
  fitter: Fitter,
  bValues: Float64Array,
  effort: { voxels: number; epochs: number },
): Promise<PreparedFitter> {
  return fitter.prepare(taskOf(bValues, effort.voxels), settingsFor(fitter, effort.epochs));
}

function taskOf(bValues: Float64Array, training: number): FitTask {
  return {
    bValues,
    seed: 1234,
    tissue: TISSUE,
    training: async () => voxels(bValues, training, 20, 1001),
    allVoxels: async () => voxels(bValues, 500, 20, 2001).signals,
  };
}

/**
 * The defaults, with fewer epochs where there are any. What learns too slowly for so few learns faster here: the suite asks
 * for a contract, not for the accuracy of published settings.
 */
function settingsFor(fitter: Fitter, epochs: number): unknown {
  const defaults = fitter.settings?.parse({}) ?? {};
  const rate = Object.entries(defaults).find(([key]) => key === 'learningRate')?.[1] as number | undefined;
  const faster = rate !== undefined && rate < 1e-3 ? { learningRate: 1e-3 } : {};
  const brief = fitter.settings?.safeParse({ epochs, ...faster });
  return brief?.success ? brief.data : defaults;
}

function guaranteesOf(fitter: Fitter): readonly Guarantee[] {
  if (fitter.guarantees) return fitter.guarantees;
  const needs =
    typeof fitter.needs === 'function' ? fitter.needs(settingsFor(fitter, 1)) : (fitter.needs ?? []);
  const guarantees: Guarantee[] = [];
  const trained = fitter.trains === 'on given voxels';
  if (!trained && !needs.includes('tissue')) guarantees.push('exact');
  if (!trained) guarantees.push('ordered');
  return guarantees;
}

async function fit(prepared: PreparedFitter, signals: Signals): Promise<Estimates> {
  const out = allocateEstimates(signals.n, { sd: true, quantiles: true });
  await prepared.fit(signals, out);
  return out;
}

/** The registered ones, and one at which some measurements are repeated. */
async function protocols(): Promise<{ protocol: string; bValues: Float64Array }[]> {
  const registered = protocolNames().map(async (protocol) => {
    const { bValues } = await readProtocol(protocol);
    return { protocol, bValues: signalColumns(bValues) };
  });
  const repeats = Float64Array.of(0, 10, 10, 60, 60, 60, 300, 300, 600, 1000, 1000);
  return [...(await Promise.all(registered)), { protocol: 'repeats', bValues: repeats }];
}

function columns({ S0, D, f, Dp, sd }: Estimates): Float64Array[] {
  return [S0, D, f, Dp, ...(sd ? [sd.D, sd.f, sd.Dp] : [])];
}

/** Those of D, then those of f and Dp. */
function quantilesOf({ quantiles }: Estimates, i: number): number[] {
  const width = QUANTILE_LEVELS.length;
  return PARAMETERS.flatMap((name) => [...(quantiles?.[name].subarray(i * width, (i + 1) * width) ?? [])]);
}

function part(out: Estimates, from: number, to: number): Estimates {
  const cut = ({ D, f, Dp }: Omit<Parameters, 'n'>) => ({
    D: D.slice(from, to),
    f: f.slice(from, to),
    Dp: Dp.slice(from, to),
  });
  const width = QUANTILE_LEVELS.length;
  const cutRows = ({ D, f, Dp }: Omit<Parameters, 'n'>) => ({
    D: D.slice(from * width, to * width),
    f: f.slice(from * width, to * width),
    Dp: Dp.slice(from * width, to * width),
  });
  return {
    n: to - from,
    S0: out.S0.slice(from, to),
    ...cut(out),
    status: out.status.slice(from, to),
    ...(out.sd ? { sd: cut(out.sd) } : {}),
    ...(out.quantiles ? { quantiles: cutRows(out.quantiles) } : {}),
  };
}

/** The same to the last bit, NaN included; columns that only `b` has are left out. */
function sameBits(a: Estimates, b: Estimates, what: string): void {
  assert.equal(a.status, b.status, `${what}: status`);
  const others = columns(b);
  columns(a).forEach((column, k) => {
    column.forEach((x, i) => assert.ok(Object.is(x, others[k][i]), `${what}: ${x} and ${others[k][i]}`));
  });
  if (!a.quantiles || !b.quantiles) return;
  for (const name of PARAMETERS) {
    const other = b.quantiles[name];
    const same = a.quantiles[name].every((x, i) => Object.is(x, other[i]));
    assert.ok(same, `${what}: quantiles of ${name}`);
  }
}

function failures(out: Estimates): number {
  return out.status.filter((status) => status >= failedFrom).length;
}

function median(values: Float64Array): number {
  return values.slice().sort()[Math.floor(values.length / 2)];
}

/** Median distance from the median. */
function spread(values: Float64Array): number {
  const middle = median(values);
  return median(values.map((x) => Math.abs(x - middle)));
}
