import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import type { RunManifest } from '../contracts/stored-run.ts';

export type Machine = RunManifest['machine'];

/** The machine this runs on, as a manifest has it. */
export function thisMachine(): Machine {
  return {
    cpu: cpuName(),
    cores: availableParallelism(),
    memoryGiB: Math.round((totalmem() / 2 ** 30) * 10) / 10,
    os: `${platform()} ${release()} ${arch()}`,
  };
}

/** The processor's own name for itself. */
export function cpuName(): string {
  return cpus()[0]?.model.trim().replace(/\s+/g, ' ') || `unknown ${arch()}`;
}

/** What must agree for two timings to be of the same machine. */
export function machineId({ cpu, cores, os }: Machine): string {
  return `${cpu}, ${cores} cores, ${os}`;
}
