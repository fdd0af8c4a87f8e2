import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { exponentialAt, exponentialConstants } from '../../src/nets/fused/exponential.ts';

/** Nanoseconds per multiply-add and per exponential, with nothing else to do. */
export interface Speed {
  readonly multiplyAdd: number;
  readonly exponential: number;
}

/** Long enough for the compiler to finish optimising. */
const MILLISECONDS = 600;
const NUMBERS = 1024;

/** Returns the minimum over many short runs, in nanoseconds per unit of work. */
function least(pieces: number, work: () => void): number {
  let best = Infinity;
  const until = performance.now() + MILLISECONDS;
  while (performance.now() < until) {
    const began = performance.now();
    work();
    best = Math.min(best, performance.now() - began);
  }
  return (1e6 * best) / pieces;
}

/** In plain JavaScript, double precision. */
export function calibrateJavaScript(): Speed {
  let sunk = 0;
  const multiplyAdd = least(80_000, () => (sunk += multiplyAdds(10_000, 1e-3)));
  const x = Float64Array.from({ length: NUMBERS }, (_, k) => -k / NUMBERS);
  const out = new Float64Array(NUMBERS);
  const exponential = least(20 * NUMBERS, () => exponentials(x, out, 20));
  if (!Number.isFinite(sunk + out[1])) throw new Error('the calibration is not finite');
  return { multiplyAdd, exponential };
}

/** Eight independent sums, each with its own factor, so that one product can't serve all. */
function multiplyAdds(rounds: number, x: number): number {
  let [c0, c1, c2, c3, c4, c5, c6, c7] = [x, x, x, x, x, x, x, x];
  const [x0, x1, x2, x3, x4, x5, x6, x7] = [1, 2, 3, 4, 5, 6, 7, 8].map((k) => k * x);
  let y = x;
  for (let i = 0; i < rounds; i++) {
    c0 += x0 * y;
    c1 += x1 * y;
    c2 += x2 * y;
    c3 += x3 * y;
    c4 += x4 * y;
    c5 += x5 * y;
    c6 += x6 * y;
    c7 += x7 * y;
    y = x - y;
  }
  return c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7;
}

/** Reads the constants like the loops it stands for (`exponentialConstants` says why). */
function exponentials(x: Float64Array, out: Float64Array, rounds: number): void {
  const constants = exponentialConstants();
  const rounder = constants[0];
  const one = constants[1];
  const c1 = constants[2];
  const c2 = constants[3];
  const c3 = constants[4];
  const middle = constants[5];
  const steps = constants[6];
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < x.length; i += 2) {
      out[i] = exponentialAt(x[i] * steps + middle, rounder, one, c1, c2, c3);
      out[i + 1] = exponentialAt(x[i + 1] * steps + middle, rounder, one, c1, c2, c3);
    }
  }
}

interface Calibration {
  readonly multiplyAdds: (rounds: number, x: number) => number;
  readonly exponentials: (rounds: number) => void;
}

/** In SIMD, single precision, compiled as the kernel is: plain, or `fusing` where the processor fuses. */
export function calibrateSimd(fusing: boolean): Speed {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const bytes = compile(fusing);
  // The baseline compiler finishes early but generates slow code: skip it.
  setFlagsFromString('--no-liftoff');
  const module = new WebAssembly.Module(bytes);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const { multiplyAdds, exponentials } = exports as unknown as Calibration;
  new Float32Array(memory.buffer, 0, NUMBERS).forEach((_, k, x) => (x[k] = -k / NUMBERS));
  const speed = {
    multiplyAdd: least(4 * 14 * 2_000, () => void multiplyAdds(2_000, 1e-3)),
    exponential: least(20 * NUMBERS, () => exponentials(20)),
  };
  setFlagsFromString('--liftoff');
  return speed;
}

/** By the compiler's command: importing it would bring its own idea of what arrays hold to every file that is type-checked. */
function compile(fusing: boolean): Uint8Array<ArrayBuffer> {
  const folder = mkdtempSync(join(tmpdir(), 'ivim-bench-'));
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const out = join(folder, 'calibration.wasm');
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory'];
  try {
    execFileSync(
      process.execPath,
      [
        'node_modules/assemblyscript/bin/asc.js',
        ...['src/nets/assembly/calibration.ts', '-o', relative(root, out)],
        ...options,
        ...(fusing ? ['--enable', 'relaxed-simd'] : []),
      ],
      { cwd: root },
    );
    return new Uint8Array(readFileSync(out));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
