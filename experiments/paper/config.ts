import { z } from 'zod';
import { Fitters } from '../../src/config/sections/fitters.ts';
import { Protocol } from '../../src/config/sections/protocol.ts';
import { Seed } from '../../src/config/sections/seed.ts';
import { Statistics } from '../../src/config/sections/statistics.ts';
import type { Experiment, Section } from '../../src/contracts/experiment.ts';
import { experimentNames, loadExperiment } from '../../src/plugins/discover.ts';
import { didYouMean } from '../../src/plugins/nearest-name.ts';

/** The keys shared by all experiments, which are not repeated in their sections. */
const SharedKeys = z.strictObject({
  seed: Seed.default(2020).describe('seed from which all seeds that are not given are derived'),
  protocol: Protocol.describe('b-values of all sections'),
  fitters: Fitters,
  statistics: Statistics.prefault({}).describe('how 95 % intervals are computed'),
});
type Shared = z.output<typeof SharedKeys>;

/** Selects the fitters of a section. */
const only = {
  fitters: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('names of the fitters used in this section; by default all'),
};

/** An experiment that can be a section. */
export interface Part {
  readonly name: string;
  readonly experiment: Experiment;
  readonly section: Section;
}

/** Every experiment that can be a section, in the order of the argument. */
export const parts: readonly Part[] = (
  await Promise.all(
    experimentNames()
      // Skips this experiment itself.
      .filter((name) => name !== 'paper')
      .map(async (name) => ({ name, experiment: (await loadExperiment(name)).value })),
  )
)
  .flatMap(({ name, experiment }) =>
    experiment.section ? [{ name, experiment, section: experiment.section }] : [],
  )
  .sort((a, b) => a.section.order - b.section.order || (a.name < b.name ? -1 : 1));

/** Returns the keys of a section: those of its experiment, except the shared ones. */
function sectionKeys({ experiment: { label }, section: { keys, required } }: Part): z.ZodType {
  const shared = Object.keys(SharedKeys.shape).filter((key) => key in keys.shape);
  const own = keys.omit(Object.fromEntries(shared.map((key) => [key, true])) as never).extend(only);
  const described = own.describe(`section: ${label}`);
  return required ? described : described.optional();
}

/** The YAML of a whole paper: the keys shared by all experiments, and a section for each. */
export type PaperConfig = Shared & Readonly<Record<string, unknown>>;

/** Returns the sections that a config has. */
export const partsOf = (config: PaperConfig): Part[] =>
  parts.filter(({ name }) => config[name] !== undefined);

/** Returns the config that one section would have as a separate experiment. */
export function partConfig({ seed, protocol, statistics, fitters, ...config }: PaperConfig, { name }: Part) {
  const { fitters: wanted, ...own } = config[name] as { readonly fitters?: readonly string[] };
  return {
    seed,
    protocol,
    statistics,
    ...own,
    fitters: fitters.filter((entry) => wanted?.includes(entry.name) ?? true),
  };
}

export const paperSchema = SharedKeys.extend(
  Object.fromEntries(parts.map((part) => [part.name, sectionKeys(part)])),
).superRefine(async (whole, context) => {
  const config = whole as PaperConfig;
  const names = config.fitters.map(({ name }) => name);
  for (const part of partsOf(config)) {
    (config[part.name] as { readonly fitters?: readonly string[] }).fitters?.forEach((name, i) => {
      if (names.includes(name)) return;
      const message = `found ${name}; allowed: ${names.join(', ')}${didYouMean(name, names)}`;
      context.addIssue({ code: 'custom', path: [part.name, 'fitters', i], message });
    });
    await part.section.check?.(partConfig(config, part) as never, within(part, context));
  }
}) as unknown as z.ZodType<PaperConfig>;

/** Maps problems of a section to its key. The index of a fitter in the section differs from that in the experiment's list. */
function within({ name, section }: Part, context: z.core.$RefinementCtx): z.core.$RefinementCtx {
  return {
    ...context,
    addIssue(issue) {
      if (typeof issue === 'string') return context.addIssue(issue);
      const [first] = issue.path ?? [];
      const shared =
        typeof first === 'string' &&
        first !== 'fitters' &&
        first in SharedKeys.shape &&
        first in section.keys.shape;
      if (shared) return context.addIssue(issue);
      const path = first === 'fitters' ? ['fitters'] : (issue.path ?? []);
      context.addIssue({ ...issue, path: [name, ...path] });
    },
  };
}
