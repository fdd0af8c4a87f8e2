// Runs one program for `run-program.ts`, in a process of its own. When the requesting process ends in any way (finished, worker
// stopped, crash, kill -9), standard input closes here, and the program is terminated with all its children. Plain JavaScript,
// so that it starts quickly in a checkout too.
//
// Input: one line of JSON, then nothing until the end. Output: one line of JSON.
import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout } from 'node:timers';

const { command, folder, timeoutMs, mostBytes, tailBytes } = await firstLine();
/** In the environment of the program and all its children: identifies those that left its process group. */
const mark = `IVIM_BENCH_REQUEST=${folder}`;
/** How long to wait for a killed program to disappear. */
const PATIENCE_MS = 5000;

const tails = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
let bytes = 0;
let cut = null;
let finished = false;
let child;

process.stdin.on('close', () => {
  killAll();
  rmSync(folder, { recursive: true, force: true });
  process.exit(1);
});
process.on('SIGTERM', () => {
  killAll();
  process.exit(1);
});

try {
  child = spawn(command[0], command.slice(1), {
    // One thread for every library, as the rows of times state.
    env: {
      ...process.env,
      OMP_NUM_THREADS: '1',
      OPENBLAS_NUM_THREADS: '1',
      MKL_NUM_THREADS: '1',
      IVIM_BENCH_REQUEST: folder,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  child.on('error', (error) => finish({ error: error.code ?? error.message }));
  child.on('exit', (code, signal) => {
    // Children that are still running keep its output open, and must not outlive it.
    killAll();
    setTimeout(() => finish({ code, signal }), PATIENCE_MS);
  });
  child.on('close', (code, signal) => finish({ code, signal }));
  for (const name of ['stdout', 'stderr']) child[name].on('data', (chunk) => take(name, chunk));
  setTimeout(() => end('timeout'), timeoutMs);
} catch (error) {
  finish({ error: error.code ?? error.message });
}

function take(name, chunk) {
  bytes += chunk.length;
  tails[name] = Buffer.concat([tails[name], chunk]).subarray(-tailBytes);
  if (bytes > mostBytes) end('output');
}

/** Terminates the program early. */
function end(why) {
  if (cut !== null) return;
  cut = why;
  killAll();
  setTimeout(() => finish({ code: null, signal: 'SIGKILL' }), PATIENCE_MS);
}

function finish({ code = null, signal = null, error = null }) {
  if (finished) return;
  finished = true;
  const end = { code, signal, error, cut, stdout: String(tails.stdout), stderr: String(tails.stderr) };
  process.stdout.write(JSON.stringify(end) + '\n', () => process.exit(0));
}

/** Kills the program, its process group, and on Linux also processes that moved to another group or session. */
function killAll() {
  if (child?.pid === undefined) return;
  kill(-child.pid);
  // A process that is just starting may be missed in the first round.
  for (let round = 0; round < 5; round++) {
    const left = marked();
    if (left.length === 0) return;
    left.forEach(kill);
  }
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

function marked() {
  let names;
  try {
    names = readdirSync('/proc');
  } catch {
    return [];
  }
  return names
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/environ`, 'latin1').split('\0').includes(mark);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Reads the job; standard input stays open afterwards. */
function firstLine() {
  return new Promise((resolve) => {
    let text = '';
    const read = (chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      process.stdin.off('data', read);
      process.stdin.resume();
      resolve(JSON.parse(text));
    };
    process.stdin.setEncoding('utf8').on('data', read);
  });
}
