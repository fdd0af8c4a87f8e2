import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allocateEstimates, Status, type Estimates, type Signals } from '../../src/contracts/voxels.ts';
import { permitPrograms } from '../../src/external/permission.ts';
import program from '../../src/external/program.ts';
import { ExternalSettings } from '../../src/external/settings.ts';
import { scratchFolder } from '../runner/tiny-study.ts';
import { notedPids, stillRunning } from './gone.ts';
import { temporaryFolder } from './temporary-folder.ts';

const test = suite('external: one program');

const programs = new URL('../fixtures/programs/', import.meta.url).pathname;
const scratch = scratchFolder();
const bValues = Float64Array.of(0, 100, 500, 1000);

/** Voxels of one decay each, D = 1e-3, 2e-3, …, one of them not measured. */
function voxels(n: number): Signals {
  const values = Float64Array.from({ length: n * 4 }, (_, k) =>
    Math.exp(-bValues[k % 4] * 1e-3 * (1 + Math.floor(k / 4))),
  );
  return { bValues, n, values, scale: new Float64Array(n).fill(200), sigma: new Float64Array(n).fill(0.05) };
}

const study = { title: '', file: 'test.yaml', experiment: '', module: '', config: { seed: 1 } };

async function fitted(
  command: readonly string[],
  more: object = {},
  signals = voxels(4),
): Promise<Estimates> {
  permitPrograms(study, true);
  const settings = ExternalSettings.parse({ external: command, timeout_s: 60, ...more });
  const prepared = await program.prepare({ bValues, seed: 99 }, settings);
  const out = allocateEstimates(signals.n, { sd: true });
  await prepared.fit(signals, out);
  return out;
}

temporaryFolder(test, scratch);
const requests = () => readdirSync(scratch).filter((name) => name.startsWith('ivim-bench-request-'));

/** A program that does `what` fails with a message of such parts, in one line, and leaves no process. */
async function fails(what: string, says: readonly string[], more: object = {}): Promise<void> {
  const pids = join(scratch, `pids of ${what}`);
  let message = 'nothing';
  await fitted([process.execPath, `${programs}misbehave.mjs`, what], { settings: { pids }, ...more }).catch(
    (error: Error) => (message = error.message),
  );
  for (const part of says) assert.ok(message.includes(part), `${message}: ${part}`);
  assert.not.match(message, /\n/);
  assert.equal(await stillRunning(pids), []);
  assert.ok(notedPids(pids).length > 0);
}

test('it reads the request and its estimates come back, S0 in the unit of the scan', async () => {
  const out = await fitted([process.execPath, `${programs}slope.mjs`], { settings: { Dp: 0.07 } });
  assert.equal([...out.status], [0, 0, 0, 0]);
  assert.equal([...out.S0], [200, 200, 200, 200]);
  [...out.D].forEach((D, i) => assert.ok(Math.abs(D / (1e-3 * (i + 1)) - 1) < 1e-12));
  assert.equal([...out.f], [0.25, 0.25, 0.25, 0.25]);
  assert.equal([...out.Dp], [0.07, 0.07, 0.07, 0.07]);
  assert.equal([out.sd!.D[3], out.sd!.f[3], out.sd!.Dp[3]], [1e-4, 0.1, 0.02]);
});

test('the tissue is in the request of a program that needs it', async () => {
  const needy = ExternalSettings.parse({
    external: [process.execPath, `${programs}slope.mjs`],
    needs: ['tissue'],
  });
  assert.equal((program.needs as (settings: ExternalSettings) => unknown)(needy), ['tissue']);
  const tissue = { D: { constant: 1e-3 }, f: { constant: 0.1 }, Dp: { constant: 0.031 } };
  const prepared = await program.prepare({ bValues, seed: 99, tissue }, needy);
  const out = allocateEstimates(1);
  await prepared.fit(voxels(1), out);
  assert.is(out.Dp[0], 0.031);
});

test('the reason of a failure keeps the end of what the program printed, where the error stands', async () => {
  let message = '';
  try {
    await fitted([process.execPath, `${programs}misbehave.mjs`, 'longLine']);
  } catch (error) {
    ({ message } = error as Error);
  }
  assert.match(
    message,
    /^the program exited with code 1; end of its output: ….*ValueError: the very last words$/,
  );
  assert.not.match(message, 'loading libraries');
  assert.ok(message.length < 700, String(message.length));
});

test('a voxel that is not finite has failed, whoever says so', async () => {
  const out = await fitted([process.execPath, `${programs}misbehave.mjs`, 'nan']);
  const { converged, notConverged } = Status;
  assert.equal([...out.status], [converged, notConverged, notConverged, converged]);
  for (const column of [out.S0, out.D, out.f, out.Dp])
    assert.ok(Number.isNaN(column[1]) && Number.isNaN(column[2]));

  const signals = voxels(3);
  signals.values[5] = NaN;
  const other = await fitted([process.execPath, `${programs}slope.mjs`], {}, signals);
  assert.equal([...other.status], [converged, Status.notFinite, converged]);
  assert.ok(Number.isNaN(other.f[1]));
  assert.is(other.f[2], 0.25);
});

test('no voxels: no program', async () => {
  await fitted(['no-such-program-anywhere'], {}, voxels(0));
});

test('a program that fails is quoted: the last lines of its own standard error', async () => {
  await fails('exit', ['exited with code 3', 'Traceback: / somewhere / no module named ivim']);
  await fails('die', ['killed (SIGKILL)']);
  await fails('nothing', ['did not write estimates.npy', 'all done']);
});

test('one that hangs is ended after its time, with what it started; floods on either stream end the program', () =>
  Promise.all([
    fails('hang', ['timeout_s of 3 s', 'waiting for a licence server'], { timeout_s: 3 }),
    fails('hangWithChild', ['timeout_s of 3 s'], { timeout_s: 3 }),
    fails('flood', ['printed more than 64 MiB', 'all work and no play']),
    fails('print', ['printed more than 64 MiB', 'all work and no play']),
  ]).then(() => {}));

test('answers that are none', () =>
  Promise.all([
    fails('narrow', ['estimates.npy holds 4 x 3 numbers; 4 x 4 numbers are expected']),
    fails('short', ['estimates.npy holds 3 x 4 numbers; 4 x 4 numbers are expected']),
    fails('flatSd', ['sd.npy holds 4 numbers; 4 x 3 numbers are expected']),
    fails('deep', ['estimates.npy holds 1 x 4 x 4 numbers; 4 x 4 numbers are expected']),
    fails('noRows', ['sd.npy holds 0 x 3 numbers; 4 x 3 numbers are expected']),
    fails('wideSd', ['sd.npy holds 4 x 4 numbers; 4 x 3 numbers are expected']),
    fails('removeFolder', ['did not write estimates.npy']),
    fails('garbage', ['estimates.npy is not an NPY file']),
    fails('cutShort', ['estimates.npy is cut short']),
    fails('gigabytes', ['estimates.npy holds 5000000000 bytes']),
    fails('directory', ['estimates.npy is not a regular file']),
  ]).then(() => {}));

test('what a program leaves running is ended with it, and its answer counts', async () => {
  for (const what of process.platform === 'linux' ? ['child', 'daemon'] : ['child']) {
    const pids = join(scratch, `pids of ${what}`);
    const out = await fitted([process.execPath, `${programs}misbehave.mjs`, what], { settings: { pids } });
    assert.equal([...out.status], [0, 0, 0, 0]);
    assert.is(notedPids(pids).length, 2);
    assert.equal(await stillRunning(pids), [], what);
  }
});

test('a program that is not there is said not to be', async () => {
  const reason = async (...command: string[]) => {
    let message = '';
    await fitted(command).catch((error: Error) => (message = error.message));
    return message;
  };
  assert.is(await reason('no-such-program'), 'cannot start no-such-program: there is no such program');
  assert.is(await reason('./no-such-file'), 'cannot start ./no-such-file: there is no such program');
  assert.match(await reason(`${programs}slope.mjs`), /^cannot start .*slope.mjs: it may not be executed/);
});

test('no shell looks at the words', async () => {
  const out = join(scratch, 'written');
  const code = 'require("fs").writeFileSync(process.argv[1], process.argv.slice(2, -1).join(" "))';
  await fitted([process.execPath, '-e', code, out, '$HOME', '; ls', '*', "'"]).catch(() => {});
  assert.is(readFileSync(out, 'utf8'), "$HOME ; ls * '");
});

test('without permission nothing is started', async () => {
  permitPrograms(study, false);
  const settings = ExternalSettings.parse({ external: [process.execPath, `${programs}slope.mjs`] });
  const prepared = await program.prepare({ bValues, seed: 1 }, settings);
  let message = '';
  await Promise.resolve(prepared.fit(voxels(2), allocateEstimates(2))).catch(
    (error: Error) => (message = error.message),
  );
  assert.match(message, /--allow-external/);
});

test('no request folder is left', () => {
  assert.equal(requests(), []);
});

test.run();
