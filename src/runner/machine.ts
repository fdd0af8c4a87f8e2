import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import type { RunManifest } from '../contracts/stored-run.ts';

export type Machine = RunManifest['machine'];

/** Describes this machine as in a run's manifest. */
export function thisMachine(): Machine {
  return {
    cpu: cpuName(),
    cores: availableParallelism(),
    memoryGiB: Math.round((totalmem() / 2 ** 30) * 10) / 10,
    os: `${platform()} ${release()} ${arch()}`,
  };
}

/** Returns the processor's model name. */
export function cpuName(): string {
  return cpus()[0]?.model.trim().replace(/\s+/g, ' ') || `unknown ${arch()}`;
}

/** Identifies a machine: timings with different ids are not comparable. */
export function machineId({ cpu, cores, os }: Machine): string {
  return `${cpu}, ${cores} cores, ${os}`;
}
