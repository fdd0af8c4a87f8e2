import { join } from 'node:path';
import type { SimulatedConfig } from '../../experiments/simulated/config.ts';
import { fitterCalled, missingTraining, prepared } from '../../experiments/simulated/fitter-in-use.ts';
import { loadConfig } from '../config/load-config.ts';
import { studyNotes } from '../config/study-notes.ts';
import type { Fitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import type { FitterEntry } from '../contracts/study.ts';
import { stageFiles } from '../files/staged-files.ts';
import { writeTogether } from '../files/write-together.ts';
import { progressLine } from '../fitting/progress-line.ts';
import { needsOf } from '../plugins/needs-of.ts';
import { didYouMean } from '../plugins/nearest-name.ts';
import { CodeVersions } from '../runner/code-version.ts';
import { gitState } from '../runner/git-state.ts';
import { programVersions } from '../runner/program-versions.ts';
import { phantomConfigs } from './phantom-config.ts';

export interface TrainOptions {
  readonly out: string;
  readonly only?: readonly string[];
  readonly set: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/**
 * Trains the network fitters of a study as a run would, and saves each in a folder named after it, in one per protocol
 * where there are several and it is for one of them.
 */
export async function train(file: string, words: TrainOptions): Promise<number> {
  const study = await loadConfig(file, { set: words.set });
  if (!words.quiet) {
    for (const note of studyNotes(study.config)) process.stderr.write(`note: ${note}\n`);
  }
  const configs = phantomConfigs(study);
  const progress = words.quiet ? undefined : progressLine(process.stderr);
  const trained = [];
  const [first] = configs.values();
  const networks = await networksOf(first);
  const names = chosen(
    networks.map(({ entry }) => entry.name),
    words.only,
    file,
  );
  const wanted = networks.filter(({ entry }) => names.includes(entry.name));
  const hungry = wanted.find(({ entry, fitter }) => needsOf(fitter, entry.settings).includes('training'));
  if (hungry && !first.training) {
    throw new InputError(`${file}: ${missingTraining(hungry.entry.name).message}`);
  }
  const tasks = wanted.flatMap(({ entry: { name }, fitter }) =>
    fitter.forAnyProtocol
      ? [{ protocol: '', config: first, name }]
      : [...configs].map(([protocol, config]) => ({ protocol, config, name })),
  );
  for (const { protocol, config, name } of tasks) {
    const folder = join(words.out, protocol, name);
    // At once, so that a folder that can't be written to is known before the training.
    stageFiles([join(folder, 'model.json')]).discard();
    const { ready, seconds } = await prepared(config, name, {
      ignoreShipped: true,
      onProgress: (done, message) => progress?.show(done, `${name}: ${message}`),
    });
    progress?.clear();
    if (!ready.save) throw new Error(`fitter ${name} can't be saved`);
    const { files } = await ready.save();
    const provenance = await provenanceOf(config, name);
    await writeTogether(folder, new Map([...files, ['provenance.json', provenance]]));
    const { losses = [], notes = [] } = ready;
    trained.push({ name, folder, epochs: losses.length, loss: losses.at(-1)?.loss ?? null, seconds, notes });
    ready.dispose?.();
  }
  const lines = trained.map(
    ({ name, folder, epochs, loss }) =>
      `${folder}: ${name}, ${epochs} epochs, last loss ${loss?.toPrecision(6)}\n`,
  );
  process.stdout.write(words.json ? JSON.stringify(trained, null, 2) + '\n' : lines.join(''));
  return 0;
}

/** The fitters whose settings a saved model decides: those that train, each by itself or on voxels it is given. */
async function networksOf(config: SimulatedConfig): Promise<{ entry: FitterEntry; fitter: Fitter }[]> {
  const loaded = await Promise.all(config.fitters.map(({ name }) => fitterCalled(name, config)));
  return loaded.filter(({ fitter }) => fitter.settingsWithModel !== undefined);
}

/** What made a network: code, its commit, and the config's words on the fitter. */
async function provenanceOf(config: SimulatedConfig, name: string): Promise<Uint8Array> {
  const { entry } = await fitterCalled(name, config);
  const { use, module, settings } = entry;
  const provenance = {
    name,
    use,
    settings,
    seed: config.seed,
    code: new CodeVersions().of(new URL(module)),
    git: await gitState(),
    versions: programVersions(),
  };
  return new TextEncoder().encode(`${JSON.stringify(provenance, null, 2)}\n`);
}

function chosen(
  networks: readonly string[],
  only: readonly string[] | undefined,
  file: string,
): readonly string[] {
  if (networks.length === 0) throw new InputError(`${file}: fitters: none of them is a network`);
  const stranger = only?.find((name) => !networks.includes(name));
  if (stranger !== undefined) {
    const allowed = `allowed: ${networks.join(', ')}${didYouMean(stranger, networks)}`;
    throw new InputError(`--only ${stranger}: ${file} has no network of that name; ${allowed}`);
  }
  return only ?? networks;
}
