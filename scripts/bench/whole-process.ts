import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Cost of one command, measured from outside. */
export interface ProcessCost {
  readonly seconds: number;
  /** Largest resident memory of the process with all its threads; NaN if the system does not report it (/proc). */
  readonly mebibytes: number;
  /** Of all its threads, user and system; NaN if the system does not report it. */
  readonly cpuSeconds: number;
  readonly output: string;
}

const program = fileURLToPath(new URL('../../bin/ivim-bench.mjs', import.meta.url));

/** Runs `ivim-bench WORDS` and measures it. */
export function runProgram(words: readonly string[]): Promise<ProcessCost> {
  return new Promise((done, failed) => {
    const began = performance.now();
    const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    let mebibytes = NaN;
    let cpuSeconds = NaN;
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const watch = setInterval(() => {
      mebibytes = peak(child.pid!) ?? mebibytes;
      cpuSeconds = cpuOf(child.pid!) ?? cpuSeconds;
    }, 20);
    child.on('error', failed);
    child.on('close', (code) => {
      clearInterval(watch);
      const seconds = (performance.now() - began) / 1000;
      if (code === 0) done({ seconds, mebibytes, cpuSeconds, output });
      else failed(new Error(`ivim-bench ${words.join(' ')}: exit code ${code}: ${errors.trim()}`));
    });
  });
}

/** Ticks of the clock that Linux counts CPU time with. */
const TICKS_PER_SECOND = 100;

function cpuOf(pid: number): number | undefined {
  try {
    // The second field, the name of the program in brackets, may contain spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}

/** The kernel's own high-water mark, so that peaks between two samples are not missed. */
function peak(pid: number): number | undefined {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return found ? Number(found[1]) / 1024 : undefined;
  } catch {
    return undefined;
  }
}
