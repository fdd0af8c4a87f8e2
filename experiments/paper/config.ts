import { z } from 'zod';
import { Fitters } from '../../src/config/sections/fitters.ts';
import { Protocol } from '../../src/config/sections/protocol.ts';
import { Seed } from '../../src/config/sections/seed.ts';
import { Statistics } from '../../src/config/sections/statistics.ts';
import { didYouMean } from '../../src/plugins/nearest-name.ts';
import { SimulatedKeys } from '../simulated/config.ts';
import { checkVolunteers, VolunteersKeys } from '../volunteers/config.ts';

/** What the experiments share, and so does not stand in their sections. */
const SHARED = { seed: true, protocol: true, fitters: true, statistics: true } as const;

/** Which of the fitters an experiment has. */
const only = {
  fitters: z.array(z.string().min(1)).min(1).optional().describe('names of those above; by default all'),
};

/** What YAML says of a whole paper: what all its experiments share, and a section for each. */
export const paperSchema = z
  .strictObject({
    seed: Seed.default(2020).describe('every seed that is not given is derived from this one'),
    protocol: Protocol,
    fitters: Fitters,
    statistics: Statistics.prefault({}),
    phantom: SimulatedKeys.omit(SHARED).extend(only),
    volunteers: VolunteersKeys.omit(SHARED).extend(only),
  })
  .superRefine((config, context) => {
    const names = config.fitters.map(({ name }) => name);
    for (const part of PARTS) {
      config[part].fitters?.forEach((name, i) => {
        if (names.includes(name)) return;
        const message = `found ${name}; allowed: ${names.join(', ')}${didYouMean(name, names)}`;
        context.addIssue({ code: 'custom', path: [part, 'fitters', i], message });
      });
    }
    checkVolunteers({ ...config, data: config.volunteers.data }, context);
  });
export type PaperConfig = z.output<typeof paperSchema>;

/** The experiments of a paper, in the order of its argument. */
export const PARTS = ['phantom', 'volunteers'] as const;
export type Part = (typeof PARTS)[number];

/** The config of one of them as it would be alone. */
export function partConfig(config: PaperConfig, part: Part) {
  const { seed, protocol, statistics } = config;
  const { fitters: wanted, ...own } = config[part];
  const fitters = config.fitters.filter(({ name }) => wanted?.includes(name) ?? true);
  return { seed, protocol, statistics, ...own, fitters };
}
