import { z } from 'zod';
import { InputError } from '../contracts/input-error.ts';
import type { SavedState } from '../contracts/learner.ts';
import { fileNameOf } from '../files/plain-name.ts';
import { oneOrMore } from '../wording/counted.ts';
import type { PluginEntry } from '../contracts/study.ts';
import { keptName } from '../plugins/kept-name.ts';

/** What the people were that a network has learnt from. */
const trainedOn = z.object({
  /** There are no others yet. */
  people: z.literal('virtual'),
  /** Number of people whose weights were adjusted to, and of those whom the epoch was chosen on. */
  training: z.int().min(1),
  validation: z.int().min(0),
  field: z.string(),
  /** ms */
  TE: z.number(),
  TR: z.number(),
  /** Mean S0 of the regions over the noise per quadrature channel; null without noise. */
  snr: z.number().positive().nullable(),
  /** mm */
  voxel: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]).readonly(),
  labels: z.enum(['readers', 'truth']),
});
export type TrainedOn = z.output<typeof trainedOn>;

/** Labels are stored in a byte, and 0 is background. */
const MOST_REGIONS = 255;

/** `manifest.json` beside the weights of a network that marks regions. It may come from anybody: what is allocated by it is bounded. */
const manifestSchema = z.object({
  format: z.literal('ivim-bench segmentation network'),
  version: z.literal(1),
  model: z.object({ use: z.string().min(1), settings: z.json() }),
  /** Names of the regions, in the order of their numbers, from 1. */
  regions: z
    .array(
      z
        .string()
        .min(1)
        .max(200)
        .regex(/^\P{Cc}*$/u, 'a name with control characters'),
    )
    .min(1)
    .max(MOST_REGIONS)
    .refine((names) => new Set(names).size === names.length, 'a name occurs twice')
    .readonly(),
  inputs: z.object({
    bValues: z.array(z.number().min(0)).min(1).max(256).readonly(),
    neighbours: z.int().min(0).max(16),
    position: z.boolean().optional(),
  }),
  /** Whether a case is a whole scan in place of a slice. */
  volumes: z.boolean(),
  /** Share of the past in the average of the weights, which is used; absent: the weights themselves are. */
  averaging: z.number().min(0).max(0.9999).optional(),
  /** Of a case it was trained on: [height, width, channels], or [slices, height, width, channels]. */
  shape: z.array(z.int().min(1).max(4096)).min(3).max(4).readonly(),
  trainedOn,
  epochs: z.int().min(1),
  kept: z.int().min(1),
  seed: z.number(),
});

/** Everything that is needed to use a network, but its weights. */
export type NetworkRecord = Omit<z.output<typeof manifestSchema>, 'format' | 'version'>;

/** The same of a network whose model is known by its module. */
export type NetworkToSave = Omit<NetworkRecord, 'model'> & { readonly model: PluginEntry };

const MANIFEST = 'manifest.json';

/** The files of a network: its manifest, and the state of what learnt. */
export function encodeNetwork(
  { model, ...record }: NetworkToSave,
  state: SavedState,
): Map<string, Uint8Array> {
  const { use, settings } = model;
  const manifest = {
    ...{ format: 'ivim-bench segmentation network', version: 1, model: { use, settings } },
    ...record,
  };
  return new Map([[MANIFEST, new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)], ...state]);
}

/** Where a run leaves a network for people: `networks/unet/fold-1/manifest.json`, … @param folder its parts below `networks` */
export const publishedNetwork = (
  folder: readonly string[],
  files: ReadonlyMap<string, Uint8Array>,
): Map<string, string> =>
  new Map([...files.keys()].map((name) => [['networks', ...folder.map(fileNameOf), name].join('/'), name]));

/**
 * Reads what a saved network is.
 * @param where names the folder in errors
 * @throws InputError where it is no network that marks regions
 */
export function decodeNetwork(files: ReadonlyMap<string, Uint8Array>, where: string): NetworkRecord {
  const bytes = files.get(MANIFEST);
  if (!bytes) {
    throw new InputError(
      `${where}: holds no ${MANIFEST}; allowed: the folder of a network that a run of the experiment segmentation saved, as networks/unet/fold-1`,
    );
  }
  let stored: unknown;
  try {
    stored = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new InputError(`${where}: its ${MANIFEST} is not JSON`);
  }
  const { format, fitter } = (stored ?? {}) as { format?: unknown; fitter?: unknown };
  if (format !== 'ivim-bench segmentation network') {
    const what = typeof fitter === 'string' ? `a network of fitter ${fitter}` : 'something else';
    throw new InputError(
      `${where}: is ${what}; allowed: a network that marks regions, as a run of the experiment segmentation saves`,
    );
  }
  const result = manifestSchema.safeParse(stored);
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    throw new InputError(`${where}: its ${MANIFEST}: ${path.join('.') || 'as a whole'}: ${message}`);
  }
  keptName(result.data.model.use, `${where}: ${MANIFEST}: model.use`);
  return result.data;
}

/** What a network has learnt from, in a sentence's middle: `a unet trained on 45 virtual people at 3T, …`. */
export function trainingWords({
  model,
  inputs,
  trainedOn: on,
}: Pick<NetworkRecord, 'model' | 'inputs' | 'trainedOn'>): string {
  return (
    `${model.use}, trained on ${on.training} virtual ${oneOrMore(on.training, 'person', 'people')} (and ${on.validation} to choose its epoch) at ${on.field}, TE ${on.TE} ms, b = ${inputs.bValues.join(', ')} s/mm², ` +
    `voxels of ${on.voxel.join(' x ')} mm, ${on.snr === null ? 'no noise' : `SNR ${Number(on.snr.toPrecision(3))}`}`
  );
}
