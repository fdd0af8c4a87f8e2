import type { Cell, PlanContext } from '../../src/contracts/experiment.ts';
import type { VolunteersConfig } from './config.ts';
import { planData } from './plan-data.ts';
import { planFitter } from './plan-fitter.ts';
import type { Plan } from './plan-parts.ts';
import { groupSessions, planSessions } from './planned-sessions.ts';
import { sampleSlice } from './sample-slice.ts';

/** The virtual data set where there is one; every session read; per fitter a preparation, the fits and the statistics of every session, and a timing. */
export async function planVolunteers(config: VolunteersConfig, context: PlanContext): Promise<Cell[]> {
  const data = await planSessions(config);
  const plan: Plan = {
    config,
    data,
    groups: groupSessions(data.sessions),
    slice: sampleSlice(config, data.sessions),
    version: (file) => context.codeVersion(new URL(file + extension, import.meta.url)),
    context,
  };
  const fitters = await Promise.all(config.fitters.map(({ name }) => planFitter(plan, name)));
  return [...planData(plan), ...fitters.flat()];
}

const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
