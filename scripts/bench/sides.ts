import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Measurement, Peer, Size } from './job.ts';
import { benchmarkVoxels, STUDY_B_VALUES } from './voxels.ts';
import { npyBytes } from './npy-bytes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** One thread on both sides, regardless of the libraries' defaults. */
const oneThread = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

/** A side that could not be measured, and why. */
export interface Missing {
  readonly missing: string;
}

/** Runs one round of one of our jobs in its own process, so that jobs do not influence each other's code. */
export function ours(job: string, side: 'measure' | 'peer', size: Size): Promise<Measurement | Missing> {
  const entry = fileURLToPath(new URL('one-round.ts', import.meta.url));
  return answerOf(process.execPath, ['--import', 'tsx', entry, job, side, size.quick ? 'quick' : 'full'], '');
}

/** One round of a Python peer on the same voxels. */
export async function python(peer: Peer, folder: string): Promise<Measurement | Missing> {
  const interpreter = resolve(root, '.venv/bin/python');
  if (!existsSync(interpreter)) return { missing: 'run scripts/peers/install first' };
  const signals = resolve(folder, `voxels-${peer.voxels}.npy`);
  if (!existsSync(signals)) {
    await writeFile(signals, npyBytes(benchmarkVoxels(peer.voxels).signals));
  }
  const request = JSON.stringify({ signals, b: [...STUDY_B_VALUES.subarray(1)], ...peer.ask });
  return answerOf(interpreter, [resolve(root, 'scripts/peers', peer.script)], request);
}

function answerOf(command: string, words: string[], input: string): Promise<Measurement | Missing> {
  return new Promise((done) => {
    const child = spawn(command, words, { cwd: root, env: { ...process.env, ...oneThread } });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', (error) => done({ missing: error.message }));
    child.on('close', (code) => {
      if (code === 0) done(JSON.parse(output) as Measurement);
      else done({ missing: errors.trim().split('\n').at(-1) ?? `exit code ${code}` });
    });
    child.stdin.end(input);
  });
}
