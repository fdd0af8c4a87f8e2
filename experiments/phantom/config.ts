import { z } from 'zod';
import { ownPlugins } from '../../src/config/sections/own-plugins.ts';
import type { PhantomData } from '../../src/config/sections/phantom-data.ts';
import { Protocol } from '../../src/config/sections/protocol.ts';
import { Protocols } from '../../src/config/sections/protocols.ts';
import { Timing } from '../../src/config/sections/timing.ts';
import { ALL_MEASURES } from '../../src/measures/all-measures.ts';
import { loadMetric } from '../../src/plugins/discover.ts';
import type { MetricInUse } from '../../src/simulated/metrics-in-use.ts';
import { SimulatedKeys, type SimulatedConfig } from '../../src/simulated/config.ts';

/** One protocol, or several as a factor of the study. */
export type PhantomConfig =
  | PhantomStudy
  | (Omit<PhantomStudy, 'protocol'> & { readonly protocols: Protocols });

/** A study of one protocol. */
export type PhantomStudy = SimulatedConfig<PhantomData> & {
  readonly metrics?: readonly MetricInUse[] | undefined;
  readonly correlations?: boolean | undefined;
  readonly timing?: Timing | undefined;
};

/** The user's own metrics. */
const ownMetrics = ownPlugins(
  'metric',
  loadMetric,
  ALL_MEASURES.map(({ name }) => [name, `a measure of ivim-bench (${name})`]),
)
  .optional()
  .describe('paths of metrics of your own, reported beside those of the program');

const correlations = z
  .boolean()
  .optional()
  .describe('whether estimates and errors of every two fitters are correlated; by default not');

const timing = Timing.optional();

/** The YAML keys of a phantom experiment as a section of a study with one protocol. */
export const sectionKeys = SimulatedKeys.extend({ metrics: ownMetrics, correlations, timing });

/** The YAML of a phantom experiment. Its factors are noise levels, fitters and, if there are several, protocols. */
export const phantomSchema = SimulatedKeys.extend({
  protocol: Protocol.optional().describe('b-values of the voxels; or give `protocols`'),
  protocols: Protocols.optional(),
  metrics: ownMetrics,
  correlations,
  timing,
})
  .superRefine(({ protocol, protocols }, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (protocol === undefined && protocols === undefined) {
      refuse('protocol', 'missing; allowed: a protocol, or several of them as `protocols`');
    } else if (protocol !== undefined && protocols !== undefined) {
      refuse('protocols', 'found beside `protocol`; allowed: one of the two');
    }
  })
  // For editors, which do not see refinements.
  .meta({
    oneOf: ['protocol', 'protocols'].map((key) => ({
      properties: { [key]: { description: 'one of protocol and protocols is required' } },
      required: [key],
    })),
  })
  .transform(({ protocol, protocols, ...shared }): PhantomConfig =>
    protocols === undefined ? { ...shared, protocol: protocol! } : { ...shared, protocols },
  );

/** Returns the study of each protocol, by name; under '' if there is only one, which then is no factor. */
export function byProtocol(config: PhantomConfig): ReadonlyMap<string, PhantomStudy> {
  if ('protocol' in config) return new Map([['', config]]);
  const { protocols, ...shared } = config;
  return new Map(
    protocols.map(({ protocol, data = shared.data, training = shared.training }) => [
      protocol.name,
      { ...shared, protocol, data, training },
    ]),
  );
}
