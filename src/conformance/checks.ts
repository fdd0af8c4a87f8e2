import assert from 'node:assert/strict';
import { readProtocol } from '../config/read-protocol.ts';
import type { Fitter, FitTask, PreparedFitter } from '../contracts/fitter.ts';
import { allocateEstimates, PARAMETERS, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { signalColumns } from '../data/signal-columns.ts';
import { protocolNames } from '../plugins/discover.ts';
import { checkEstimates, columns, failures, part, sameBits } from './answers.ts';
import { guaranteesOf, settingsFor } from './promises.ts';
import { amongOdd, oddSignals, slice, TISSUE, voxels } from './voxels.ts';

const STUDY = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);
const EXACT = 1e-3;
/** Fitters that train receive this many voxels and, if their settings have `epochs`, train for this many. */
const TRAINING = { voxels: 10_000, epochs: 40 };
const BRIEF = { voxels: 1_000, epochs: 2 };

/** One requirement of the contract. */
export interface Check {
  /** The required behaviour: `leaves its input unchanged`. */
  readonly name: string;
  /** @throws Error that describes how the fitter violates it */
  readonly run: () => Promise<void>;
}

/** Returns independent checks for everything that the contract in `src/contracts/fitter.ts` requires of a fitter. */
export function conformanceChecks(fitter: Fitter): Check[] {
  const checks: Check[] = [];
  const check = (name: string, run: Check['run']) => void checks.push({ name, run });
  const guarantees = guaranteesOf(fitter);
  const estimated = fitter.estimates ?? PARAMETERS;

  check('recovers the truth without noise', async () => {
    const { signals, truth } = voxels(STUDY, 200, Infinity, 11);
    const known = { ...signals, sigma: new Float64Array(200).fill(0.005) };
    const out = await fit(await prepare(fitter, STUDY, TRAINING), known);
    assert.equal(failures(out), 0, `${failures(out)} of ${out.n} voxels fail, none should`);
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
    check('recovers the truth under every registered protocol', async () => {
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

  check('fits every registered protocol', async () => {
    for (const { protocol, bValues } of await protocols()) {
      const { signals } = voxels(bValues, 100, 20, 31);
      const out = await fit(await prepare(fitter, bValues, BRIEF), signals);
      checkEstimates(out, signals, fitter, protocol);
    }
  });

  check('returns a valid estimate or a failed status for odd signals', async () => {
    const { signals, finite } = oddSignals(STUDY);
    const out = await fit(await prepare(fitter, STUDY, BRIEF), signals);
    checkEstimates(out, signals, fitter, 'odd signals');
    finite.forEach((whole, i) => {
      if (!whole)
        assert.equal(
          out.status[i],
          Status.notFinite,
          `row ${i} holds NaN or infinity: status ${out.status[i]}, not ${Status.notFinite}`,
        );
    });
  });

  check('fails voxels without a usable b=0 mean', async () => {
    const { signals } = voxels(STUDY, 4, 20, 41);
    signals.scale.set([0, -1, NaN, Infinity]);
    const out = await fit(await prepare(fitter, STUDY, BRIEF), signals);
    for (let i = 0; i < 4; i++)
      assert.equal(
        out.status[i],
        Status.notFinite,
        `b=0 mean ${signals.scale[i]}: status ${out.status[i]}, not ${Status.notFinite}`,
      );
  });

  check('prepares from voxels that include odd ones', async () => {
    const { signals } = voxels(STUDY, 50, 40, 45);
    const task: FitTask = {
      ...taskOf(STUDY, BRIEF.voxels),
      training: async () => amongOdd(STUDY, BRIEF.voxels, 20, 1001),
      allVoxels: async () => amongOdd(STUDY, 500, 20, 2001).signals,
    };
    const prepared = await fitter.prepare(task, settingsFor(fitter, BRIEF.epochs));
    const out = await fit(prepared, { ...signals, sigma: new Float64Array(50).fill(0.025) });
    checkEstimates(out, signals, fitter, 'ordinary signals');
    assert.equal(failures(out), 0, `${failures(out)} of ${out.n} voxels fail, none should`);
  });

  check('returns the same estimates for the same seed', async () => {
    const { signals } = voxels(STUDY, 50, 15, 51);
    const once = await fit(await prepare(fitter, STUDY, BRIEF), signals);
    const again = await fit(await prepare(fitter, STUDY, BRIEF), signals);
    sameBits(once, again, 'second preparation');
  });

  check('leaves its input unchanged', async () => {
    const { signals } = voxels(STUDY, 50, 15, 61);
    const before = structuredClone(signals);
    await fit(await prepare(fitter, STUDY, BRIEF), signals);
    assert.deepEqual(signals, before, 'the signals were modified');
  });

  check('returns the same estimate for a voxel alone and in a batch', async () => {
    const { signals } = amongOdd(STUDY, 1000, 12, 71);
    const prepared = await prepare(fitter, STUDY, BRIEF);
    const together = await fit(prepared, signals);
    for (const i of [0, 1, 499, 500, 503, 510, 517, 518, 519, 520, 998, 999]) {
      sameBits(await fit(prepared, slice(signals, i, i + 1)), part(together, i, i + 1), `voxel ${i}`);
    }
    sameBits(await fit(prepared, slice(signals, 400, 613)), part(together, 400, 613), 'a part');
  });

  check('overwrites whatever the output held before', async () => {
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

  check('accepts zero voxels', async () => {
    const { signals } = voxels(STUDY, 1, 10, 91);
    await (await prepare(fitter, STUDY, BRIEF)).fit(slice(signals, 0, 0), allocateEstimates(0));
  });

  check('rejects unknown settings', async () => {
    const taken = fitter.settings?.safeParse({ noSuchSetting: 1 }).success ?? false;
    assert.ok(!taken, 'the settings are not a strict object: noSuchSetting was accepted');
  });

  check('has a label and a source', async () => {
    assert.ok(
      fitter.label.length > 0 && fitter.label.length <= 40,
      `the label has ${fitter.label.length} characters, from 1 to 40 are allowed`,
    );
    assert.ok(fitter.source.length > 0, 'the source is empty');
  });

  return checks;
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

async function fit(prepared: PreparedFitter, signals: Signals): Promise<Estimates> {
  const out = allocateEstimates(signals.n, { sd: true, quantiles: true });
  await prepared.fit(signals, out);
  return out;
}

/** Returns the b-values of the registered protocols, and of one with repeated measurements. */
async function protocols(): Promise<{ protocol: string; bValues: Float64Array }[]> {
  const registered = protocolNames().map(async (protocol) => {
    const { bValues } = await readProtocol(protocol);
    return { protocol, bValues: signalColumns(bValues) };
  });
  const repeats = Float64Array.of(0, 10, 10, 60, 60, 60, 300, 300, 600, 1000, 1000);
  return [...(await Promise.all(registered)), { protocol: 'repeats', bValues: repeats }];
}

function median(values: Float64Array): number {
  return values.slice().sort()[Math.floor(values.length / 2)];
}

/** Returns the median absolute deviation from the median. */
function spread(values: Float64Array): number {
  const middle = median(values);
  return median(values.map((x) => Math.abs(x - middle)));
}
