import { z } from 'zod';
import { IDEAL } from '../../contracts/metric.ts';
import { Organs } from './organs.ts';

/** Keys that become parts of file names; BIDS allows only letters and digits. */
function checkLabels(named: Readonly<Record<string, unknown>>, context: z.core.$RefinementCtx): void {
  for (const name of Object.keys(named)) {
    if (/^[0-9a-zA-Z]+$/.test(name)) continue;
    const message = `found the name ${name}; allowed: letters and digits, as in names of BIDS files`;
    context.addIssue({ code: 'custom', path: [name], message });
  }
  if (Object.keys(named).length === 0) {
    context.addIssue({ code: 'custom', message: 'found none; allowed: at least one' });
  }
}

const size = z.number().positive();

const VolunteerSession = z.strictObject({
  field: z.string().min(1).describe('field strength, one of those in the organs file: 1.5T'),
  TE: z.number().positive().describe('echo time, ms'),
  TR: z.number().positive().describe('repetition time, ms'),
});

const Reader = z.strictObject({
  shift: z.number().min(0).default(1).describe('SD of the misplacement of a contour along each axis, mm'),
  size: z
    .strictObject({
      mean: z.number().min(0.5).max(1.5).default(1).describe('mean relative size'),
      sd: z.number().min(0).max(0.3).default(0.03).describe('standard deviation of the relative size'),
    })
    .prefault({})
    .describe('size of a drawn organ relative to the true one'),
  waver: z
    .number()
    .min(0)
    .max(0.3)
    .default(0.03)
    .describe('SD of the contour perturbation, as a fraction of the radius'),
  waves: z
    .number()
    .min(0.5)
    .max(20)
    .default(3)
    .describe('number of waves around the contour: few is smooth, many is ragged'),
  discs: z
    .strictObject({
      diameter: z.number().positive().default(12).describe('diameter of a disc, mm'),
      number: z
        .record(z.string().min(1), z.int().min(1).max(100))
        .describe('number of discs by region; a region that is not listed is drawn as a whole'),
    })
    .optional()
    .describe('discs that are placed inside the contour, each in one slice, in place of the whole organ'),
});

const Readers = z.record(z.string(), Reader).superRefine(checkLabels);

/** Virtual volunteers: people, sessions, organs and readers, all simulated. */
export const Volunteers = z
  .strictObject({
    subjects: z.int().min(1).max(999).default(10).describe('number of people'),
    sessions: z
      .record(z.string(), VolunteerSession)
      .superRefine(checkLabels)
      .describe('visits to the scanner by name, in order'),
    organs: Organs.prefault('abdomen').describe(
      'organs: the name of a file in configs/organs/, or the organs',
    ),
    image: z
      .strictObject({
        shape: z
          .tuple([z.int().min(1).max(512), z.int().min(1).max(512), z.int().min(1).max(512)])
          .default([64, 48, 8])
          .describe('number of voxels along x, y and z'),
        voxel: z.tuple([size, size, size]).default([4, 4, 6]).describe('voxel size along x, y and z, mm'),
        tilt: z.number().min(0).max(45).default(3).describe('SD of the tilt about each axis, degrees'),
      })
      .prefault({})
      .describe('grid of the images'),
    anatomy: z
      .strictObject({
        position: z.number().min(0).default(3).describe('SD of the position of organs along each axis, mm'),
        size: z.number().min(0).max(0.3).default(0.06).describe('SD of the size of organs, as a fraction'),
        outline: z
          .number()
          .min(0)
          .max(0.2)
          .default(0.04)
          .describe('SD of the outline of organs, as a fraction of the radius'),
      })
      .prefault({})
      .describe('variation of the anatomy between people'),
    texture: size.default(8).describe('length over which tissue varies within a region, mm'),
    subvoxels: z
      .int()
      .min(1)
      .max(8)
      .default(3)
      .describe('sampling points per axis for the tissue of a voxel; 1: no partial volume'),
    noise: z.boolean().default(true).describe('false: signals without noise'),
    motion: z
      .tuple([z.number().min(0), z.number().min(0), z.number().min(0)])
      .default([0, 0, 0])
      .describe('SD of the displacement of every volume, mm: to the right, to the front, to the head'),
    readers: Readers.describe('people who draw regions, by name'),
    ideal: z
      .strictObject({
        readers: Readers.describe('readers with the names of the others, and habits of their own'),
      })
      .optional()
      .describe(
        'repeats every session under the name <session>ideal: the same people, grid and noise, without motion, with these readers',
      ),
  })
  .superRefine(({ sessions, organs, image, readers, ideal }, context) => {
    const names = Object.keys(readers).join(', ');
    if (ideal && Object.keys(ideal.readers).join(', ') !== names) {
      const found = Object.keys(ideal.readers).join(', ');
      const message = `found ${found}; allowed: the names of the other readers, in their order: ${names}`;
      context.addIssue({ code: 'custom', path: ['ideal', 'readers'], message });
    }
    const regions = Object.keys(organs.regions);
    for (const [path, habits] of [
      [['readers'], readers],
      [['ideal', 'readers'], ideal?.readers ?? {}],
    ] as const) {
      for (const [name, { discs }] of Object.entries(habits)) {
        for (const region of Object.keys(discs?.number ?? {})) {
          if (regions.includes(region)) continue;
          context.addIssue({
            code: 'custom',
            path: [...path, name, 'discs', 'number', region],
            message: `found the region ${region}; allowed: ${regions.join(', ')}`,
          });
        }
      }
    }
    for (const name of ideal ? Object.keys(sessions) : []) {
      if (!name.endsWith(IDEAL)) continue;
      const message = `found the name ${name}; allowed: names that do not end in ${IDEAL}, since the sessions of ideal readers do`;
      context.addIssue({ code: 'custom', path: ['sessions', name], message });
    }
    const fields = Object.keys(organs.snr);
    for (const [name, { field }] of Object.entries(sessions)) {
      if (fields.includes(field)) continue;
      context.addIssue({
        code: 'custom',
        path: ['sessions', name, 'field'],
        message: `found ${field}; allowed: ${fields.join(', ')}, those of the organs`,
      });
    }
    const voxels = image.shape.reduce((product, length) => product * length, 1);
    if (voxels > MOST_VOXELS) {
      context.addIssue({
        code: 'custom',
        path: ['image', 'shape'],
        message: `found ${voxels} voxels; allowed: up to ${MOST_VOXELS}`,
      });
    }
  });
export type Volunteers = z.output<typeof Volunteers>;

const MOST_VOXELS = 10_000_000;
