import { z } from 'zod';
import { Fitters } from '../../src/config/sections/fitters.ts';
import { Protocol } from '../../src/config/sections/protocol.ts';
import { Seed } from '../../src/config/sections/seed.ts';
import { Statistics } from '../../src/config/sections/statistics.ts';
import { didYouMean } from '../../src/plugins/nearest-name.ts';
import { checkDepths, DepthKeys } from '../depth/config.ts';
import { checkRanges, ParameterRangeKeys } from '../parameter-range/config.ts';
import { ownMetrics } from '../phantom/config.ts';
import { PerSnrKeys } from '../per-snr/config.ts';
import { checkLearns, checkTrains } from '../../src/repeated/config.ts';
import { SimulatedKeys } from '../../src/simulated/config.ts';
import { StabilityKeys } from '../stability/config.ts';
import { checkSizes, TrainingSizeKeys } from '../training-size/config.ts';
import { checkVolunteers, VolunteersKeys } from '../volunteers/config.ts';

/** What the experiments share, and so does not stand in their sections. */
const SHARED = { seed: true, protocol: true, fitters: true, statistics: true } as const;

/** Which of the fitters an experiment has. */
const only = {
  fitters: z.array(z.string().min(1)).min(1).optional().describe('names of those above; by default all'),
};

/** What YAML says of a whole paper: what all its experiments share, and a section for each. */
const PaperKeys = z.strictObject({
  seed: Seed.default(2020).describe('every seed that is not given is derived from this one'),
  protocol: Protocol,
  fitters: Fitters,
  statistics: Statistics.prefault({}),
  phantom: SimulatedKeys.omit(SHARED).extend({ ...only, metrics: ownMetrics }),
  depth: DepthKeys.omit(SHARED).extend(only).optional(),
  'training-size': TrainingSizeKeys.omit(SHARED).extend(only).optional(),
  'per-snr': PerSnrKeys.omit(SHARED).extend(only).optional(),
  'parameter-range': ParameterRangeKeys.omit(SHARED).extend(only).optional(),
  stability: StabilityKeys.omit(SHARED).extend(only).optional(),
  volunteers: VolunteersKeys.omit(SHARED).extend(only),
});
export type PaperConfig = z.output<typeof PaperKeys>;

/** The experiments of a paper, in the order of its argument. */
const ALL_PARTS = [
  'phantom',
  'depth',
  'training-size',
  'per-snr',
  'parameter-range',
  'stability',
  'volunteers',
] as const;
export type Part = (typeof ALL_PARTS)[number];

/** Those that a config has a section for. */
export const partsOf = (config: PaperConfig): Part[] =>
  ALL_PARTS.filter((part) => config[part] !== undefined);

/** The config of one of them as it would be alone. */
export function partConfig<P extends Part>(config: PaperConfig, part: P) {
  const { seed, protocol, statistics } = config;
  const { fitters: wanted, ...own } = config[part]!;
  const fitters = config.fitters.filter(({ name }) => wanted?.includes(name) ?? true);
  return {
    seed,
    protocol,
    statistics,
    ...(own as unknown as Omit<NonNullable<PaperConfig[P]>, 'fitters'>),
    fitters,
  };
}

export const paperSchema = PaperKeys.superRefine(async (config, context) => {
  const names = config.fitters.map(({ name }) => name);
  for (const part of partsOf(config)) {
    config[part]?.fitters?.forEach((name, i) => {
      if (names.includes(name)) return;
      const message = `found ${name}; allowed: ${names.join(', ')}${didYouMean(name, names)}`;
      context.addIssue({ code: 'custom', path: [part, 'fitters', i], message });
    });
  }
  checkVolunteers({ ...config, data: config.volunteers.data }, context);
  const has = (part: Part) => config[part] !== undefined;
  if (has('depth')) await checkDepths(partConfig(config, 'depth'), within('depth', context));
  if (has('training-size'))
    await checkSizes(partConfig(config, 'training-size'), within('training-size', context));
  if (has('per-snr')) await checkTrains(partConfig(config, 'per-snr'), within('per-snr', context));
  if (has('parameter-range'))
    checkRanges(partConfig(config, 'parameter-range'), within('parameter-range', context));
  if (has('stability')) await checkLearns(partConfig(config, 'stability'), within('stability', context));
});

/** Where problems of a section are told: below its key. A fitter's place in the section is not that among those it has. */
function within(part: Part, context: z.core.$RefinementCtx): z.core.$RefinementCtx {
  return {
    ...context,
    addIssue(issue) {
      if (typeof issue === 'string') return context.addIssue(issue);
      const path = issue.path?.[0] === 'fitters' ? ['fitters'] : (issue.path ?? []);
      context.addIssue({ ...issue, path: [part, ...path] });
    },
  };
}
