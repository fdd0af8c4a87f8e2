import { TRUTH } from '../../src/contracts/metric.ts';
import type { Cell } from '../../src/contracts/experiment.ts';
import { SIMULATE, simulationSettings } from './data-set.ts';
import { aboutSession, bySession, named, readId, statistics, type Plan } from './plan-parts.ts';

/** What is there and what is true of it: nothing of this depends on a fitter. */
export function planData({ config, data, slice, version }: Plan): Cell[] {
  const { needs, sessions, missing } = data;
  const settings = simulationSettings(config);
  const simulation: Cell[] = settings
    ? [
        {
          id: SIMULATE,
          task: 'simulate',
          input: null,
          decides: { code: version('./simulate-cell'), settings },
          needs: [],
        },
      ]
    : [];
  const survey: Cell = {
    id: 'survey',
    task: 'survey',
    input: null,
    decides: {
      code: version('./survey-cell'),
      data: sessions.map(({ decides }) => decides),
      missing,
      expect: config.data.expect,
    },
    needs,
  };
  const read = sessions.map((session): Cell => ({
    id: readId(session),
    task: 'read',
    input: { ...named(session), slice: slice(session) },
    decides: { code: version('./read-cell'), ...aboutSession(config, session), slice: slice(session) },
    needs,
  }));
  const known = sessions.filter(({ hasTruth }) => hasTruth);
  const agree = bySession(known).map(([label, members]): Cell => {
    const of = members.map(readId);
    return {
      id: `agree ${TRUTH} ${label}`,
      task: 'agree',
      input: { fitter: TRUTH, session: label, of, truth: [] },
      decides: { code: version('./agree-cell'), ...statistics(config), fitter: TRUTH, session: label },
      needs: of,
    };
  });
  return [...simulation, survey, ...read, ...agree];
}
