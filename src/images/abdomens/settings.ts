import { z } from 'zod';

/** What makes regions of the abdomen hard to tell apart in a scan, beyond the volunteers of `src/data/volunteers`. */
export const DifficultySettings = z
  .strictObject({
    likeness: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe(
        'how alike regions and their surroundings are: 0, as the organs file has them; 1, all with the same relaxation times and diffusion',
      ),
    brightness: z
      .number()
      .min(0)
      .max(1)
      .default(0.03)
      .describe('SD between people of the logarithm of T2 of each region, which decides its brightness'),
    texture: z
      .strictObject({
        sd: z.number().min(0).max(1).default(0.07).describe('SD of the logarithm of the signal'),
        distance: z.number().positive().default(7).describe('distance over which it varies, mm'),
      })
      .prefault({})
      .describe('variation of the signal within tissue'),
    bowel: z.int().min(0).max(40).default(6).describe('loops of bowel, which lie beside and between organs'),
    vessels: z
      .int()
      .min(0)
      .max(40)
      .default(8)
      .describe('vessels that cross the liver: bright at b=0, and gone at high b-values'),
    fat: z.int().min(0).max(40).default(5).describe('lobes of fat, whose signal is mostly suppressed'),
    motion: z
      .strictObject({
        across: z.number().min(0).max(20).default(1).describe('SD along the front, mm'),
        along: z.number().min(0).max(20).default(1).describe('SD along the head, mm'),
      })
      .prefault({})
      .describe('displacement of each volume, as by breathing'),
    bias: z.number().min(0).max(1).default(0.15).describe('SD of the logarithm of the receive field'),
    ghosting: z
      .number()
      .min(0)
      .max(0.5)
      .default(0.05)
      .describe('signal of the ghost, half a field of view away along the front, as a share of its origin'),
    noise: z.number().min(0).max(20).default(1).describe('factor of the noise of the organs file'),
  })
  .describe(
    'what makes regions hard to tell apart; all at 0, the noise at 1, is a scan of virtual volunteers with the same organs',
  );
/** Scans of the virtual volunteers as they are. */
export const NO_DIFFICULTY = {
  ...{ likeness: 0, brightness: 0, bowel: 0, vessels: 0, fat: 0, bias: 0, ghosting: 0, noise: 1 },
  ...{ texture: { sd: 0, distance: 7 }, motion: { across: 0, along: 0 } },
};

export type DifficultySettings = z.output<typeof DifficultySettings>;
