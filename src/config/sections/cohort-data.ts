import { z } from 'zod';
import { Path } from './path.ts';
import { Volunteers } from './volunteers.ts';

const name = z.string().min(1);

const FileRow = z.strictObject({
  subject: name.describe('name of the subject'),
  session: z.string().default('').describe('name of the session, if a subject has several'),
  image: z
    .union([Path, z.array(Path).min(1)])
    .transform((image) => (typeof image === 'string' ? [image] : image))
    .describe('a series, or several series and volumes that are concatenated'),
  bval: Path.describe('b-values in s/mm², one per volume'),
  masks: z
    .record(name, z.union([Path, z.record(name, Path)]))
    .describe('by reader: a label map, or a mask per region'),
  labels: z
    .union([Path, z.record(z.string().regex(/^\d+$/), name)])
    .optional()
    .describe(
      'what the numbers of label maps mean: a table with the columns index and name, or names by number',
    ),
  field: z.number().positive().optional().describe('field strength, tesla'),
  sigma: z
    .number()
    .min(0)
    .optional()
    .describe('noise per quadrature channel of one volume, in the unit of the image'),
  truth: z
    .strictObject({
      S0: Path.optional().describe('true S0, in the unit of the image'),
      D: Path.describe('true D, mm²/s'),
      f: Path.describe('true f'),
      Dp: Path.describe('true Dp, mm²/s'),
    })
    .optional()
    .describe('maps of the true parameters, if known'),
});

const KINDS = ['virtual', 'bids', 'files'] as const;

const seriesError = ({ input }: { input?: unknown }) =>
  `found ${String(input)}; allowed: a key and a value as names of BIDS files have them (acq-ivim), or plain`;

/**
 * Volunteers: simulated ones, or a data set on disk, and how strictly it is read. After parsing it has `virtual`, the settings
 * of a simulation, or `bids` or `files`, which `openCohort` takes as `from`.
 */
export const CohortData = z
  .strictObject({
    virtual: Volunteers.optional().describe('volunteers to simulate'),
    bids: Path.optional().describe('folder of a BIDS data set'),
    files: z.array(FileRow).min(1).optional().describe('list of sessions with their files'),
    readers: z
      .string()
      .min(1)
      .optional()
      .describe('folder of the drawn regions within that of `bids`; by default derivatives/readers'),
    truth: z
      .string()
      .min(1)
      .optional()
      .describe('folder of true maps within that of `bids`; by default derivatives/truth'),
    series: z
      .array(z.string().regex(/^([a-zA-Z]+-[0-9a-zA-Z]+|plain)$/, { error: seriesError }))
      .optional()
      .describe(
        'parts of the names of the series to read where sessions have several: [acq-ivim]; [plain] for one that has no part besides subject, session and run',
      ),
    missing: z
      .enum(['report', 'refuse'])
      .default('report')
      .describe('list what is missing and analyse the rest, or stop'),
    gridTolerance: z
      .number()
      .positive()
      .max(0.5)
      .default(0.05)
      .describe('largest distance between the grids of an image and of its regions, in voxels'),
    expect: z
      .strictObject({
        readers: z.array(name).min(1).optional().describe('names of the readers'),
        regions: z.array(name).min(1).optional().describe('names of the regions'),
      })
      .default({})
      .describe('readers and regions every session ought to have; by default those that any session has'),
  })
  .superRefine((data, context) => {
    const given = KINDS.filter((kind) => data[kind] !== undefined);
    if (given.length !== 1) {
      const found = given.length === 0 ? 'none of them' : given.join(' and ');
      const message = `found ${found}; allowed: exactly one of ${KINDS.join(', ')}`;
      context.addIssue({ code: 'custom', message });
    }
    for (const key of ['readers', 'truth', 'series'] as const) {
      if (data[key] === undefined || data.bids !== undefined) continue;
      const message = `found ${key} without bids; allowed: where a data set is read from \`bids\``;
      context.addIssue({ code: 'custom', path: [key], message });
    }
  })
  .transform(({ virtual, bids, files, readers, truth, series, ...strictness }) => ({
    ...strictness,
    virtual,
    bids:
      bids === undefined
        ? undefined
        : {
            folder: bids,
            readers: readers ?? 'derivatives/readers',
            truth: truth ?? 'derivatives/truth',
            series: series ?? [],
          },
    files: files?.map(({ image, ...row }) => ({ ...row, images: image })),
  }));
export type CohortData = z.output<typeof CohortData>;
