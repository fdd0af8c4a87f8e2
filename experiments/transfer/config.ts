import { z } from 'zod';
import { resolvedFitters } from '../../src/config/sections/fitters.ts';
import type { PhantomData } from '../../src/config/sections/phantom-data.ts';
import { Protocol } from '../../src/config/sections/protocol.ts';
import { Tissue } from '../../src/config/sections/tissue.ts';
import { Training } from '../../src/config/sections/training.ts';
import { loadFitter } from '../../src/plugins/discover.ts';
import { SimulatedKeys, type SimulatedConfig } from '../../src/simulated/config.ts';

const Condition = z.strictObject({
  name: z.string().min(1).describe('name in tables and figures'),
  protocol: Protocol.optional().describe('b-values; by default those of the config'),
  tissue: Tissue.optional().describe('tissue; by default that of the data'),
});

/** The YAML keys of a transfer experiment. */
export const transferSchema = SimulatedKeys.extend({
  training: Training.describe('voxels that networks are trained on, under every condition'),
  conditions: z
    .array(Condition)
    .min(2)
    .describe('combinations of protocol and tissue; networks of each are used under all others'),
  tuning: z
    .array(z.int().min(10).max(1_000_000))
    .default([100, 1000, 10_000])
    .describe('numbers of voxels of the other condition that a network is trained further on'),
  bestOf: z
    .int()
    .min(1)
    .max(100)
    .default(1)
    .describe(
      'trainings of a network per condition, with different seeds; the one with the lowest final loss is used',
    ),
}).superRefine(async ({ conditions, fitters, tuning, training }, context) => {
  conditions.forEach(({ name }, i) => {
    if (conditions.findIndex((other) => other.name === name) === i) return;
    const message = `found ${name} twice; allowed: each name once`;
    context.addIssue({ code: 'custom', path: ['conditions', i, 'name'], message });
  });
  tuning.forEach((voxels, i) => {
    if (voxels <= training.voxels) return;
    const message = `found ${voxels}; allowed: up to the ${training.voxels} voxels of training`;
    context.addIssue({ code: 'custom', path: ['tuning', i], message });
  });
  const trains = await Promise.all(
    resolvedFitters(fitters).map(
      async ([, { module }]) => (await loadFitter(module)).value.trains === 'on given voxels',
    ),
  );
  if (trains.includes(true)) return;
  const message = 'found none that trains; allowed: at least one network to carry over';
  context.addIssue({ code: 'custom', path: ['fitters'], message });
});
export type TransferConfig = z.output<typeof transferSchema>;

/** Returns the config of one condition, in the form of an experiment on simulated voxels. */
export function underCondition(config: TransferConfig, name: string): SimulatedConfig<PhantomData> {
  const condition = config.conditions.find((candidate) => candidate.name === name)!;
  const { protocol = config.protocol, tissue = config.data.tissue } = condition;
  return { ...config, protocol, data: { ...config.data, tissue } };
}
