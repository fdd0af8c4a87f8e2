import { cellOf, type Cell } from '../../src/contracts/cell.ts';
import { InputError } from '../../src/contracts/input-error.ts';
import type { VolunteersSettings } from '../../src/data/volunteers/settings.ts';
import { plannedEngine } from '../../src/learning/planned-engine.ts';
import { AS_ACQUIRED, denoisedMethod } from '../../src/measures/denoising.ts';
import { needsOf } from '../../src/plugins/needs-of.ts';
import { fitterInUse, fitterOf } from '../../src/preparation/fitter-in-use.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import type { DenoiseConfig } from './config.ts';
import { filterSeries, FILTERS, trainDenoiser, type FilterName } from './denoise-cells.ts';
import { agreeOnTruth, compareFits, fitDenoised } from './fit-cells.ts';
import { simulateScans, type ScansInput } from './scans.ts';

const EXPERIMENT = 'denoise-ivim';

/** Numbers of subjects that no other set shares; those that results are of are numbered as in a study of volunteers. */
const FIRST = { test: 1, training: 1001, validation: 10_001 } as const;

/** The scans; every denoising of them; every fit after every denoising; and comparisons. */
export async function planDenoise(config: DenoiseConfig): Promise<Cell[]> {
  const { seed, protocol, data, training, models, fitters } = config;
  const { subjects, ...virtual } = data.virtual;
  const settings: VolunteersSettings = { seed, bValues: protocol.bValues, subjects, ...virtual };
  const scans = (id: keyof typeof FIRST, how: Pick<ScansInput, 'subjects' | 'lesions' | 'acquired'>): Cell =>
    cellOf(simulateScans, { id, input: { settings, from: FIRST[id], lesion: data.lesion, ...how } });
  const engine = plannedEngine(config.engine);
  const needs = { validation: 'validation', test: 'test' };
  const denoiseId = (name: string) => `denoise ${name}`;
  const filters = Object.keys(FILTERS) as FilterName[];
  const denoisers = [
    ...filters.map((filter) =>
      cellOf(filterSeries, { id: denoiseId(filter), input: { experiment: EXPERIMENT, filter }, needs }),
    ),
    ...models.map((model) =>
      cellOf(trainDenoiser, {
        id: denoiseId(model.name),
        input: {
          ...{ experiment: EXPERIMENT, model, training, engine },
          seed: deriveSeed(seed, 'train', model.name),
        },
        needs: { training: 'training', ...needs },
      }),
    ),
  ];
  const names = [...filters, ...models.map(({ name }) => name)];
  const used = await Promise.all(
    fitters.map(async (entry) => {
      const fitter = await fitterOf(entry);
      const wants = needsOf(fitter, entry.settings);
      if (fitter.trains === 'on given voxels' || wants.includes('tissue')) {
        throw new InputError(
          `fitter ${entry.name} learns from voxels or tissue that this experiment has none of; allowed: fitters that need no training here, as ls, segmented, map with an empirical prior, any-protocol-net`,
        );
      }
      return fitterInUse(entry);
    }),
  );
  const fitId = (fitter: string, denoising: string) => `fit ${denoisedMethod(fitter, denoising)}`;
  const session = `ses-${Object.keys(virtual.sessions)[0]}`;
  const fits = used.flatMap((fitter) =>
    names.map((denoising) =>
      cellOf(fitDenoised, {
        id: fitId(fitter.name, denoising),
        input: {
          ...{ experiment: EXPERIMENT, fitter, denoising },
          // Whatever the denoising, so that fits differ in it alone.
          seed: deriveSeed(seed, 'prepare', fitter.name),
        },
        needs: { test: 'test', denoised: denoiseId(denoising) },
      }),
    ),
  );
  const all = used.flatMap(({ name }) => names.map((denoising) => ({ fitter: name, denoising })));
  const comparisons = all.map(({ fitter, denoising }) => {
    // The same fitter after the other denoisings, and every fitter without.
    const rivals = all.filter(
      (other) =>
        !(other.fitter === fitter && other.denoising === denoising) &&
        (other.fitter === fitter || other.denoising === AS_ACQUIRED),
    );
    return cellOf(compareFits, {
      id: `compare ${denoisedMethod(fitter, denoising)}`,
      input: {
        ...{ experiment: EXPERIMENT, fitter, denoising, session },
        rivals: rivals.map((other) => denoisedMethod(other.fitter, other.denoising)),
      },
      needs: {
        fit: fitId(fitter, denoising),
        ...Object.fromEntries(
          rivals.map((other, k) => [`rival ${k + 1}`, fitId(other.fitter, other.denoising)] as const),
        ),
      },
    });
  });
  return [
    scans('training', { subjects: data.training, lesions: 'varied', acquired: false }),
    scans('validation', { subjects: data.validation, lesions: 'none', acquired: true }),
    scans('test', { subjects, lesions: 'each', acquired: true }),
    ...denoisers,
    ...fits,
    ...comparisons,
    cellOf(agreeOnTruth, {
      id: 'agree truth',
      input: { experiment: EXPERIMENT, session },
      needs: { fit: fitId(used[0].name, AS_ACQUIRED) },
    }),
  ];
}
