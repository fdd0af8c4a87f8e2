import type { Cell } from '../../src/contracts/experiment.ts';
import { InputError } from '../../src/contracts/input-error.ts';
import { fitterCalled, preparationSeed } from './fitter-in-use.ts';
import { aboutSession, bySession, named, readId, same, statistics, type Plan } from './plan-parts.ts';
import { sessionLabel, type PlannedSession, type SessionGroup } from './planned-sessions.ts';
import { beginningRecipe } from './training-voxels.ts';

/** A preparation, the fits and the statistics of every session, and a timing. */
export async function planFitter(plan: Plan, name: string): Promise<Cell[]> {
  const { config, data, groups, slice, version, context } = plan;
  const { entry, fitter, needs } = await fitterCalled(name, config);
  if (needs.includes('tissue') && !config.training) {
    throw new InputError(
      `fitter ${name} needs to know which tissue to expect: give the config a section \`training\` with its \`tissue\``,
    );
  }
  const code = context.codeVersion(new URL(entry.module));
  const common = {
    fitter: name,
    settings: entry.settings,
    environment: (await fitter.environment?.(entry.settings)) ?? {},
    tissue: needs.includes('tissue') ? (config.training?.tissue ?? null) : null,
  };
  const begins = needs.includes('training') ? beginnings(plan, name, { code, common }) : [];
  const usesData = needs.includes('allVoxels') || needs.includes('training');
  const prepareId = (group: SessionGroup) => `prepare ${name} ${group.name}`;
  const prepare = groups.map((group): Cell => {
    const begin = begins.find(({ bValues }) => same(bValues, group.bValues))?.cell.id ?? null;
    const sessions = group.sessions.map(named);
    return {
      id: prepareId(group),
      task: 'prepare',
      input: { fitter: name, bValues: group.bValues, stage: group.name, sessions, begin },
      decides: {
        code: [version('./prepare-cell'), code],
        ...common,
        seed: preparationSeed(config, name, group.name),
        bValues: group.bValues,
        data: usesData ? group.sessions.map((session) => aboutSession(config, session)) : null,
      },
      needs: [...(usesData ? data.needs : []), ...(begin === null ? [] : [begin])],
    };
  });
  const fitId = ({ subject, session }: PlannedSession) => `fit ${name} ${subject} ${sessionLabel(session)}`;
  const fit = groups.flatMap((group) =>
    group.sessions.map((session): Cell => {
      const prepare = prepareId(group);
      const chosen = { slice: slice(session), maps: config.maps };
      return {
        id: fitId(session),
        task: 'fit',
        input: { fitter: name, ...named(session), group: group.name, prepare, slice: chosen.slice },
        decides: { code: [version('./fit-cell'), code], ...aboutSession(config, session), ...chosen },
        needs: [...data.needs, prepare],
      };
    }),
  );
  const agree = bySession(data.sessions).map(([label, members]): Cell => {
    const of = members.map(fitId);
    const truth = members.filter(({ hasTruth }) => hasTruth).map(readId);
    return {
      id: `agree ${name} ${label}`,
      task: 'agree',
      input: { fitter: name, session: label, of, truth },
      decides: { code: version('./agree-cell'), ...statistics(config), fitter: name, session: label },
      needs: [...of, ...truth],
    };
  });
  const [timed] = groups;
  const time: Cell = {
    id: `time ${name}`,
    task: 'time',
    input: {
      fitter: name,
      stage: timed.name,
      sessions: timed.sessions.map(named),
      prepare: prepareId(timed),
    },
    decides: {
      code: [version('./time-cell'), code],
      data: timed.sessions.map((session) => aboutSession(config, session)),
    },
    needs: [...data.needs, prepareId(timed)],
    alone: true,
  };
  return [...begins.map(({ cell }) => cell), ...prepare, ...fit, ...agree, time];
}

/** The first training of a network, once for every set of b-values; none where the config has no voxels for it. */
function beginnings(
  { config, groups, version }: Plan,
  name: string,
  { code, common }: { code: string; common: object },
): { readonly bValues: readonly number[]; readonly cell: Cell }[] {
  if (!config.training) return [];
  const schemes = groups
    .map(({ bValues }) => bValues)
    .filter((b, i, all) => all.findIndex((other) => same(other, b)) === i);
  return schemes.map((bValues) => {
    const stage = schemes.length > 1 ? `phantom b=${bValues.join(',')}` : 'phantom';
    return {
      bValues,
      cell: {
        id: `prepare ${name} ${stage}`,
        task: 'begin',
        input: { fitter: name, bValues, stage },
        decides: {
          code: [version('./prepare-cell'), code],
          ...common,
          seed: preparationSeed(config, name, stage),
          training: beginningRecipe(config, bValues),
        },
        needs: [],
      },
    };
  });
}
