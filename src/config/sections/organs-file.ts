import { z } from 'zod';
import { LARGEST_RATE } from '../../signal/b-values.ts';

const Diffusion = {
  D: z.number().positive().max(LARGEST_RATE.D).describe('mean diffusion coefficient, mm²/s'),
  f: z.number().positive().lt(1).describe('mean perfusion fraction'),
  Dp: z.number().positive().max(LARGEST_RATE.Dp).describe('mean pseudo-diffusion coefficient, mm²/s'),
};
const Milliseconds = z.record(z.string(), z.number().positive());
const Relaxation = {
  T1: Milliseconds.describe('longitudinal relaxation time in ms, by field strength: { 1.5T: 576, 3T: 812 }'),
  T2: Milliseconds.describe('transverse relaxation time in ms, by field strength'),
};
const Variation = z
  .strictObject({
    D: z.number().min(0).max(1).describe('coefficient of variation of D'),
    f: z.number().min(0).max(1).describe('coefficient of variation of f'),
    Dp: z.number().min(0).max(1).describe('coefficient of variation of Dp'),
  })
  .describe('coefficients of variation');
const Millimetres = z.tuple([z.number(), z.number(), z.number()]);
const Radii = z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]);

const Region = z.strictObject({
  ...Diffusion,
  ...Relaxation,
  inside: z
    .string()
    .min(1)
    .optional()
    .describe('a region listed above that determines position and size, and from which this one is cut out'),
  shape: z
    .strictObject({
      center: Millimetres.describe(
        'centre in mm from the middle of the body: to the right, to the front, to the head',
      ),
      radii: Radii.describe('half axes, mm'),
      exponent: z
        .number()
        .min(2)
        .max(10)
        .default(2)
        .describe('exponent of the superellipsoid: 2 is an ellipsoid, larger values are boxier'),
      turn: z.number().default(0).describe('rotation about the axis from foot to head, degrees'),
    })
    .describe('a superellipsoid'),
  second: z
    .strictObject({
      center: Millimetres.describe('its centre, mm'),
      turn: z.number().default(0).describe('its rotation, degrees'),
    })
    .optional()
    .describe('where a paired organ lies a second time, with the same radii: the other kidney'),
});

const Contents = z.strictObject({
  name: z.string().min(1).describe('the name of the file without .yaml'),
  source: z.string().min(1).describe('where the numbers come from'),
  snr: z
    .record(z.string(), z.number().positive())
    .describe(
      'signal-to-noise ratio by field strength: mean S0 of the regions over the noise per quadrature channel',
    ),
  spread: z
    .strictObject({
      betweenSubjects: Variation.describe('variation of region means between subjects'),
      withinRegion: Variation.describe('variation of voxels within a region'),
    })
    .describe('how much tissue varies, as coefficients of variation'),
  atField: z
    .record(
      z.string(),
      z.strictObject({
        D: z.number().positive().max(10).default(1).describe('factor of D'),
        f: z.number().positive().max(10).default(1).describe('factor of f'),
        Dp: z.number().positive().max(10).default(1).describe('factor of Dp'),
      }),
    )
    .optional()
    .describe('factors of D, f and Dp of all tissue by field strength; 1 for a field that is not listed'),
  blood: z
    .strictObject({
      T2: Milliseconds.describe('transverse relaxation time of blood in ms, by field strength'),
      TE: z.number().positive().describe('echo time at which the f of this file holds, ms'),
    })
    .optional()
    .describe(
      'makes f depend on the echo time: blood relaxes with a T2 of its own; without it f is as listed at every TE',
    ),
  regions: z
    .record(z.string().min(1), Region)
    .describe('regions by name; where two overlap, the earlier one takes precedence'),
  surroundings: z
    .strictObject({
      ...Diffusion,
      ...Relaxation,
      radii: z.tuple([z.number().positive(), z.number().positive()]).describe('half axes of the body, mm'),
    })
    .describe('the body around the organs'),
});

function checkNames(
  {
    regions,
    surroundings,
    snr,
    atField = {},
    blood,
  }: Pick<z.output<typeof Contents>, 'regions' | 'surroundings' | 'snr' | 'atField' | 'blood'>,
  context: z.core.$RefinementCtx,
): void {
  const names = Object.keys(regions);
  const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  if (names.length === 0) refuse(['regions'], 'found none; allowed: at least one region');
  if (names.length > 255) refuse(['regions'], `found ${names.length}; allowed: up to 255`);
  names.forEach((name, i) => {
    const { inside } = regions[name];
    if (inside === undefined || names.slice(0, i).includes(inside)) return;
    const above = i === 0 ? 'none is above' : names.slice(0, i).join(', ');
    refuse(['regions', name, 'inside'], `found ${inside}; allowed: a region above (${above})`);
  });
  for (const field of Object.keys(atField)) {
    if (field in snr) continue;
    refuse(['atField', field], `found ${field}; allowed: ${Object.keys(snr).join(', ')}, the fields of snr`);
  }
  for (const field of blood ? Object.keys(snr) : []) {
    if (field in blood!.T2) continue;
    refuse(['blood', 'T2'], `found none for ${field}; allowed: one for each field of snr`);
  }
  const tissues = names.map((name) => [['regions', name], regions[name]] as const);
  for (const [path, tissue] of [...tissues, [['surroundings'], surroundings] as const]) {
    for (const time of ['T1', 'T2'] as const) {
      for (const field of Object.keys(snr)) {
        if (field in tissue[time]) continue;
        refuse([...path, time], `found none for ${field}; allowed: one for each field of snr`);
      }
    }
  }
}

/** The content of a file in `configs/organs/`: the organs of virtual volunteers. */
export const OrgansFile = Contents.superRefine(checkNames);
export type OrgansFile = z.output<typeof OrgansFile>;

/** The same content within a config. */
export const InlineOrgans = Contents.extend({
  name: z.string().min(1).default('inline').describe('name of the organs'),
  source: z.string().min(1).default('given in the config').describe('where the numbers come from'),
}).superRefine(checkNames);
