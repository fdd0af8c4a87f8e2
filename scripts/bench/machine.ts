import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';

/** The machine of a measurement; part of every file of results. */
export interface Machine {
  readonly measured: string;
  readonly quick: boolean;
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly commit: string | null;
}

export function machine(quick: boolean): Machine {
  const cpu = cpus();
  return {
    measured: new Date().toISOString(),
    quick,
    cpu: cpu[0].model,
    cores: cpu.length,
    node: process.version,
    commit: commit(),
  };
}

function commit(): string | null {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}
