import type { Fitter } from '../contracts/fitter.ts';
import type { Signals, Estimates } from '../contracts/voxels.ts';
import { commandWords, fileHashes } from './command-words.ts';
import { requirePermission } from './permission.ts';
import { endOf, failure } from './program-failure.ts';
import { readAnswer } from './read-answer.ts';
import { writeRequest, type RequestFacts } from './request-folder.ts';
import { runProgram } from './run-program.ts';
import { ExternalSettings } from './settings.ts';

/** Folder of the config, where the program's files are looked up first. */
const configFolder = new URL(new URL(import.meta.url).searchParams.get('beside') ?? 'file:///');

/**
 * Returns the module of a fitter that is a program: this module, with the folder of the config in its URL. Locations do not
 * affect results, and a module's URL is not part of keys.
 */
export function programModule(beside: URL): URL {
  const module = new URL(import.meta.url);
  module.search = new URLSearchParams({ beside: beside.href }).toString();
  return module;
}

/** A program in any language that reads signals from a folder and writes estimates there (docs/external-fitters.md). */
const program: Fitter<ExternalSettings> = {
  label: 'External program',
  source: 'a program named by the config',
  settings: ExternalSettings,
  needs: ({ needs }) => needs,
  guarantees: [],
  environment: async ({ external }) => fileHashes(commandWords(external, configFolder)),
  async prepare({ seed, tissue }, { external, timeout_s: timeoutS, timing_voxels: timingVoxels, settings }) {
    const facts: RequestFacts = { seed, settings, ...(tissue ? { tissue } : {}) };
    return {
      fit: (signals, out) => fitWith(external, timeoutS, facts, signals, out),
      leastVoxels: timingVoxels,
      backend: 'external program',
      notes: [
        `times include starting ${external.join(' ')} once per call, ${timingVoxels} voxels a call where there are as many`,
      ],
    };
  },
};
export default program;

async function fitWith(
  external: readonly string[],
  timeoutS: number,
  facts: RequestFacts,
  signals: Signals,
  out: Estimates,
): Promise<void> {
  requirePermission();
  if (signals.n === 0) return;
  const words = commandWords(external, configFolder);
  const request = await writeRequest(signals, facts);
  try {
    const end = await runProgram({
      command: [...words.map(({ word, file }) => file ?? word), request.path],
      folder: request.path,
      timeoutMs: 1000 * timeoutS,
    });
    const problem = endOf(end, external[0], timeoutS);
    if (problem !== null) throw failure(problem, end, request.path);
    await readAnswer(request.path, signals, out).catch((error: Error) => {
      throw failure(error.message, end, request.path);
    });
  } finally {
    await request.remove();
  }
}
