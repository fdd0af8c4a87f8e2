import { join } from 'node:path';
import { loadConfig } from '../config/load-config.ts';
import { studyNotes } from '../config/study-notes.ts';
import type { TrainableNetwork } from '../contracts/experiment.ts';
import { InputError } from '../contracts/input-error.ts';
import { fileNamesOf } from '../files/plain-name.ts';
import { stageFiles } from '../files/staged-files.ts';
import { writeTogether } from '../files/write-together.ts';
import { loadExperiment } from '../plugins/discover.ts';
import { didYouMean } from '../plugins/nearest-name.ts';
import { CodeVersions } from '../runner/code-version.ts';
import { gitState } from '../runner/git-state.ts';
import { programVersions } from '../runner/program-versions.ts';
import { endWhenInterrupted } from '../terminal/interruption.ts';
import { printJson, printMessage, printResult } from '../terminal/print.ts';
import { openProgress } from '../terminal/progress.ts';
import { progressLine } from '../terminal/progress-line.ts';
import { counted } from '../wording/counted.ts';
import { oneLine } from '../wording/visible-text.ts';

export interface TrainOptions {
  readonly out: string;
  readonly only?: readonly string[];
  readonly set: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly allowExternal?: boolean;
}

/**
 * Trains the networks of a study as a run would, and saves each in a folder named after it; with several protocols, in one
 * folder per protocol, unless the network serves any.
 */
export async function train(file: string, options: TrainOptions): Promise<number> {
  const study = await loadConfig(file, { set: options.set, allowCode: options.allowExternal ?? false });
  if (!options.quiet) {
    for (const note of studyNotes(study.config)) printMessage(`note: ${note}`);
  }
  const { value: experiment } = await loadExperiment(study.module);
  if (!experiment.networks) {
    throw new InputError(
      `${file}: experiment ${study.experiment} trains no networks that can be used elsewhere`,
    );
  }
  const networks = await named(() => experiment.networks!(study.config), file);
  const wanted = chosen(networks, options.only, file);
  const progress = await openProgress(options.quiet);
  const trained: Trained[] = [];
  const release = endWhenInterrupted(() => keptText(trained));
  try {
    for (const network of wanted) {
      const { name } = network.entry;
      const folder = join(options.out, ...fileNamesOf(network.protocol, name));
      // Fails before the training if the folder is not writable.
      stageFiles([join(folder, 'model.json')]).discard();
      const { ready, seconds } = await named(
        () =>
          network.train((done, message) => progress.show(() => [progressLine(done, `${name}: ${message}`)])),
        file,
      );
      if (!ready.save) throw new Error(`fitter ${name} can't be saved`);
      const { files } = await ready.save();
      const provenance = await provenanceOf(network, study.config.seed);
      await writeTogether(folder, new Map([...files, ['provenance.json', provenance]]));
      const { losses = [], notes = [] } = ready;
      trained.push({
        name,
        folder,
        epochs: losses.length,
        loss: losses.at(-1)?.loss ?? null,
        seconds,
        notes,
      });
      ready.dispose?.();
    }
  } finally {
    release();
    progress.end();
  }
  const lines = trained.map(
    ({ name, folder, epochs, loss }) =>
      `${folder}: ${name}, ${counted(epochs, 'epoch')}${loss === null ? '' : `, last loss ${loss.toPrecision(6)}`}`,
  );
  if (options.json) printJson(trained);
  else printResult(lines.map(oneLine).join('\n'));
  return 0;
}

interface Trained {
  readonly name: string;
  readonly folder: string;
  readonly epochs: number;
  readonly loss: number | null;
  readonly seconds: number;
  readonly notes: readonly string[];
}

const keptText = (trained: readonly Trained[]): string =>
  trained.length === 0
    ? 'nothing was written'
    : `kept what is trained: ${trained.map(({ folder }) => folder).join(', ')}`;

/** Adds the config's name to errors about it. */
async function named<T>(work: () => Promise<T>, file: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      error.faults.map((fault) => `${file}: ${fault}`),
      { cause: error },
    );
  }
}

/** Records the origin of a network: code, commit and the fitter's part of the config. */
async function provenanceOf({ entry }: TrainableNetwork, seed: number): Promise<Uint8Array> {
  const { name, use, module, settings } = entry;
  const provenance = {
    name,
    use,
    settings,
    seed,
    code: (await new CodeVersions().of(module)).hash,
    git: await gitState(),
    versions: programVersions(),
  };
  return new TextEncoder().encode(`${JSON.stringify(provenance, null, 2)}\n`);
}

function chosen(
  networks: readonly TrainableNetwork[],
  only: readonly string[] | undefined,
  file: string,
): readonly TrainableNetwork[] {
  const names = [...new Set(networks.map(({ entry }) => entry.name))];
  if (names.length === 0) throw new InputError(`${file}: fitters: none of them is a network`);
  const stranger = only?.find((name) => !names.includes(name));
  if (stranger !== undefined) {
    const allowed = `allowed: ${names.join(', ')}${didYouMean(stranger, names)}`;
    throw new InputError(`--only ${stranger}: ${file} has no network of that name; ${allowed}`);
  }
  return only ? networks.filter(({ entry }) => only.includes(entry.name)) : networks;
}
