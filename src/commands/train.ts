import { join } from 'node:path';
import { loadConfig } from '../config/load-config.ts';
import type { Fitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import type { FitterEntry } from '../contracts/study.ts';
import { simulatePhantom } from '../data/phantom.ts';
import { stageFiles } from '../data/staged-files.ts';
import { progressLine } from '../fitting/progress-line.ts';
import { didYouMean } from '../plugins/nearest-name.ts';
import { loadFitter } from '../plugins/discover.ts';
import { deriveSeed } from '../random/seed.ts';
import { simulatedStudy, trainingSet } from './simulated-sets.ts';

export interface TrainWords {
  readonly out: string;
  readonly only?: readonly string[];
  readonly set: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

interface Trained {
  readonly name: string;
  readonly folder: string;
  readonly epochs: number;
  readonly loss: number | null;
  readonly notes: readonly string[];
}

/** Trains the network fitters of a study and saves each in a folder named after it. */
export async function train(config: string, words: TrainWords): Promise<number> {
  const study = await loadConfig(config, { set: words.set });
  const simulated = simulatedStudy(study);
  const voxels = trainingSet(simulated, config);
  const networks = await networksOf(study.config.fitters ?? [], words.only, config);
  const progress = words.quiet ? undefined : progressLine(process.stderr);
  const trained: Trained[] = [];
  for (const { entry, fitter } of networks) {
    const folder = join(words.out, entry.name);
    // Opened at once, so that a folder that can't be written to is known before the training.
    const probe = stageFiles([join(folder, 'model.json')]);
    try {
      const prepared = await fitter.prepare(
        {
          bValues: voxels.bValues,
          seed: deriveSeed(study.config.seed, 'prepare', entry.name),
          tissue: voxels.tissue,
          training: () => Promise.resolve(simulatePhantom(voxels)),
          onProgress: (done, message) => progress?.show(done, `${entry.name}: ${message}`),
        },
        entry.settings,
      );
      if (!prepared.save) throw new Error(`fitter ${entry.name} can't be saved`);
      const { files } = await prepared.save();
      probe.discard();
      await write(folder, files);
      const { losses = [], notes = [] } = prepared;
      trained.push({
        name: entry.name,
        folder,
        epochs: losses.length,
        loss: losses.at(-1)?.loss ?? null,
        notes,
      });
      prepared.dispose?.();
    } finally {
      probe.discard();
      progress?.clear();
    }
  }
  process.stdout.write(words.json ? JSON.stringify(trained, null, 2) + '\n' : trained.map(line).join(''));
  return 0;
}

const line = ({ name, folder, epochs, loss }: Trained): string =>
  `${folder}: ${name}, ${epochs} epochs${loss === null ? '' : `, last loss ${loss.toPrecision(6)}`}\n`;

async function networksOf(
  entries: readonly FitterEntry[],
  only: readonly string[] | undefined,
  file: string,
): Promise<{ entry: FitterEntry; fitter: Fitter }[]> {
  const loaded = await Promise.all(
    entries.map(async (entry) => ({ entry, fitter: (await loadFitter(entry.module)).value })),
  );
  const networks = loaded.filter(({ entry, fitter: { needs = [] } }) =>
    (typeof needs === 'function' ? needs(entry.settings) : needs).includes('training'),
  );
  const names = networks.map(({ entry }) => entry.name);
  if (names.length === 0) throw new InputError(`${file}: fitters: none of them is a network`);
  const stranger = only?.find((name) => !names.includes(name));
  if (stranger !== undefined) {
    throw new InputError(
      `--only ${stranger}: ${file} has no network of that name; allowed: ${names.join(', ')}${didYouMean(stranger, names)}`,
    );
  }
  return networks.filter(({ entry }) => only === undefined || only.includes(entry.name));
}

async function write(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const path = (name: string) => join(folder, name);
  const staged = stageFiles([...files.keys()].map(path));
  try {
    for (const [name, data] of files) await (await staged.handle(path(name))).writeFile(data);
    await staged.commit();
  } catch (error) {
    staged.discard();
    throw error;
  }
}
