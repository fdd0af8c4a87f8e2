import type { Cell, CellResult, RunContext } from '../../src/contracts/experiment.ts';
import type { PreparedFitter } from '../../src/contracts/fitter.ts';
import { unlabelled } from '../../src/data/unlabelled.ts';
import type { VolunteersConfig } from './config.ts';
import { fitterCalled, preparationSeed, prepared } from './fitter-in-use.ts';
import { volunteersRow } from './rows.ts';
import { cohortVoxels, type SessionName } from './session-input.ts';
import { beginningRecipe, simulate } from './training-voxels.ts';

/** A network's first training, on simulated voxels. */
export interface BeginInput {
  readonly fitter: string;
  readonly bValues: readonly number[];
  /** How rows and seeds name it. */
  readonly stage: string;
}

/** Getting ready for a group of sessions. */
export interface PrepareInput extends BeginInput {
  readonly sessions: readonly SessionName[];
  /** Id of the cell that trained the network to begin with; null for none. */
  readonly begin: string | null;
}

/** Trains a network on simulated voxels, and keeps it for the preparations that go on from there. */
export async function beginCell(
  cell: Cell,
  config: VolunteersConfig,
  context: RunContext,
): Promise<CellResult> {
  const { fitter, bValues, stage } = cell.input as unknown as BeginInput;
  const voxels = simulate(beginningRecipe(config, bValues)!);
  return ready(config, context, { fitter, stage, voxels: voxels.signals.n }, () =>
    prepared(config, {
      fitter,
      group: stage,
      bValues: Float64Array.from(bValues),
      training: async () => voxels,
      onProgress: context.onProgress,
    }),
  );
}

/** Gets a fitter ready for a group of sessions: a prior from all their voxels, a network trained on them. */
export async function prepareCell(
  cell: Cell,
  config: VolunteersConfig,
  context: RunContext,
): Promise<CellResult> {
  const { fitter, bValues, stage, sessions, begin } = cell.input as unknown as PrepareInput;
  const { needs } = await fitterCalled(fitter, config);
  const wanted = needs.includes('allVoxels') || needs.includes('training');
  // Read before the clock starts: that is not preparing.
  const cohort = wanted ? await cohortVoxels(config, context, sessions) : undefined;
  const initial = begin === null ? undefined : { files: await context.files(begin) };
  return ready(config, context, { fitter, stage, voxels: cohort?.n ?? 0 }, () =>
    prepared(config, {
      fitter,
      group: stage,
      bValues: Float64Array.from(bValues),
      ...(cohort ? { allVoxels: async () => cohort, training: async () => unlabelled(cohort) } : {}),
      ...(initial && initial.files.size > 0 ? { initial } : {}),
      onProgress: context.onProgress,
    }),
  );
}

async function ready(
  config: VolunteersConfig,
  context: RunContext,
  { fitter, stage, voxels }: { fitter: string; stage: string; voxels: number },
  prepare: () => Promise<PreparedFitter>,
): Promise<CellResult> {
  const began = performance.now();
  const fitted = await prepare();
  const seconds = (performance.now() - began) / 1000;
  const { losses = [], notes = [], backend = 'JavaScript', backendReason } = fitted;
  const saved = await fitted.save?.();
  fitted.dispose?.();
  return {
    rows: [
      volunteersRow({
        method: fitter,
        factors: { cpu: context.cpu, backend, threads: 1, stage },
        metric: 'prepare_s',
        value: seconds,
        unit: 's',
        n: 1,
      }),
      ...losses.map(({ epoch, loss }) =>
        volunteersRow({
          method: fitter,
          factors: { stage, epoch },
          metric: 'training_loss',
          value: loss,
          n: voxels,
        }),
      ),
    ],
    notes,
    facts: {
      seed: preparationSeed(config, fitter, stage),
      backend,
      ...(backendReason ? { backendReason } : {}),
    },
    ...(saved ? { files: saved.files } : {}),
  };
}
