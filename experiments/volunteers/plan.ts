import { cellOf, type Cell } from '../../src/contracts/cell.ts';
import { InputError } from '../../src/contracts/input-error.ts';
import { TRUTH } from '../../src/contracts/metric.ts';
import type { FitterEntry } from '../../src/contracts/study.ts';
import { needsOf } from '../../src/plugins/needs-of.ts';
import { fitterInUse, fitterOf } from '../../src/preparation/fitter-in-use.ts';
import { learnsFromVoxels } from '../../src/preparation/learning.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import { trainingDataOf, type TrainingData } from '../../src/simulated/voxels.ts';
import { agree, numbered } from './agree-cell.ts';
import type { VolunteersConfig } from './config.ts';
import { read, simulate, survey } from './data-cells.ts';
import { PEOPLE, simulatePeople } from '../../src/segmented/data-cells.ts';
import {
  MARKS,
  placeOf,
  readingOf,
  simulationSettings,
  type Reading,
  type SessionInput,
} from './data-set.ts';
import { begin, fit, prepare, time, type GroupPreparation } from './fitter-cells.ts';
import { markEverybody, networkTraining, otherPeople, TRAINED, trainReader } from './network-cells.ts';
import {
  groupSessions,
  planSessions,
  sessionLabel,
  type PlannedSession,
  type SessionGroup,
} from './planned-sessions.ts';
import { sampleSlice } from './sample-slice.ts';
import { fitSlice, prepareSlice } from './slice-cells.ts';
import { requireUsable } from './usable-fitters.ts';

const SIMULATE = 'simulate';
const OTHERS = 'people of the network';
const TRAIN_READER = 'train network';
const MARK = 'mark by network';

/**
 * Plans the virtual data set, if there is one; the reading of every session; and, per fitter, a preparation, a timing, and the
 * fits and statistics of every session.
 */
export async function planVolunteers(config: VolunteersConfig): Promise<Cell[]> {
  const { sessions, missing } = await planSessions(config);
  const groups = groupSessions(sessions);
  const slice = sampleSlice(config, sessions);
  const reading = readingOf(config);
  const places = placeOf(config);
  const settings = simulationSettings(config);
  const data: Record<string, string> = settings ? { data: SIMULATE } : {};
  const network = settings && config.network;
  // Nothing is prepared from what the network marks, so that fits of the readers' regions are those of a study without it.
  const marked = network ? { ...data, [MARKS]: MARK } : data;
  const withMarks: Reading = network
    ? { ...reading, network: Object.keys(settings.organs.regions) }
    : reading;
  // The same resampled subjects for every fitter, session and statistic, so that they do not add differences between rows.

  const agreement = (method: string, label: string, estimates: readonly string[], truth: readonly string[]) =>
    cellOf(agree, {
      id: `agree ${method} ${label}`,
      input: {
        ...{ method, session: label, estimates: estimates.length, truth: truth.length },
        ...(network ? { network: true } : {}),
      },
      needs: { ...numbered('estimates', estimates), ...numbered('truth', truth) },
    });

  /** Cells for the data and its truth, independent of fitters. */
  const planData = (): Cell[] => [
    ...(settings ? [cellOf(simulate, { id: SIMULATE, input: settings })] : []),
    ...(network
      ? [
          cellOf(simulatePeople, { id: OTHERS, input: otherPeople(settings, network) }),
          cellOf(trainReader, {
            id: TRAIN_READER,
            input: networkTraining(settings, network),
            needs: { [PEOPLE]: OTHERS },
          }),
          cellOf(markEverybody, {
            id: MARK,
            input: { reading },
            places,
            needs: { ...data, [TRAINED]: TRAIN_READER },
          }),
        ]
      : []),
    cellOf(survey, {
      id: 'survey',
      input: { reading, content: sessions.map(({ content }) => content), missing },
      places,
      needs: data,
    }),
    ...sessions.map((session) =>
      cellOf(read, {
        id: readId(session),
        input: { reading: withMarks, session: named(session), slice: slice(session) },
        places,
        needs: marked,
      }),
    ),
    ...bySession(sessions.filter(({ hasTruth }) => hasTruth)).map(([label, members]) =>
      agreement(TRUTH, label, members.map(readId), []),
    ),
  ];

  const planFitter = async (entry: FitterEntry): Promise<Cell[]> => {
    const { name } = entry;
    const fitter = await fitterOf(entry);
    const needsTissue = needsOf(fitter, entry.settings).includes('tissue');
    if (needsTissue && !config.training) {
      throw new InputError(
        `fitter ${name} needs to know which tissue to expect: give the config a section \`training\` with its \`tissue\``,
      );
    }
    requireUsable(entry, fitter, sessions);
    const inUse = await fitterInUse(entry);
    const preparation = (stage: string, bValues: readonly number[]): GroupPreparation => ({
      fitter: inUse,
      // Depends on neither the other fitters nor their order.
      seed: deriveSeed(config.seed, 'prepare', name, stage),
      stage,
      bValues,
      ...(needsTissue && config.training ? { tissue: config.training.tissue } : {}),
    });
    const begins = fitter.trains === 'on given voxels' ? beginnings(config, groups) : [];
    const beginId = (stage: string) => `prepare ${name} ${stage}`;
    const learns = learnsFromVoxels(fitter, entry.settings);
    const prepareId = (group: SessionGroup) => `prepare ${name} ${group.name}`;
    const fitId = ({ subject, session }: PlannedSession) => `fit ${name} ${subject} ${sessionLabel(session)}`;
    const ownSlice = learns && config.sample.learnFrom === 'slice';
    const [timed] = groups;
    const beginOf = ({ bValues }: SessionGroup) => begins.find((each) => same(each.bValues, bValues));
    /** Cells for slices whose maps are of what is learned from them alone. */
    const planSlices = (group: SessionGroup): Cell[] =>
      group.sessions.flatMap((session) => {
        const shown = slice(session);
        if (shown === null) return [];
        const stage = `${session.subject} ${sessionLabel(session.session)} slice ${shown}`;
        const from = beginOf(group);
        const input = {
          preparation: preparation(stage, group.bValues),
          reading,
          session: named(session),
          slice: shown,
        };
        const prepareSliceId = `prepare ${name} ${stage}`;
        return [
          cellOf(prepareSlice, {
            id: prepareSliceId,
            input: { ...input, goesOn: from !== undefined },
            places,
            needs: { ...data, ...(from ? { begin: beginId(from.stage) } : {}) },
          }),
          cellOf(fitSlice, {
            id: `fit ${name} ${stage}`,
            input,
            places,
            needs: { ...data, preparation: prepareSliceId },
          }),
        ];
      });
    return [
      ...begins.map(({ stage, bValues, training }) =>
        cellOf(begin, { id: beginId(stage), input: { ...preparation(stage, bValues), training } }),
      ),
      ...groups.map((group) => {
        const from = beginOf(group);
        return cellOf(prepare, {
          id: prepareId(group),
          input: {
            ...preparation(group.name, group.bValues),
            reading,
            sessions: learns ? group.sessions.map(named) : [],
            shared: config.sharedVoxels,
            goesOn: from !== undefined,
          },
          places,
          needs: { ...(learns ? data : {}), ...(from ? { begin: beginId(from.stage) } : {}) },
        });
      }),
      ...groups.flatMap((group) =>
        group.sessions.map((session) =>
          cellOf(fit, {
            id: fitId(session),
            input: {
              preparation: preparation(group.name, group.bValues),
              reading: withMarks,
              session: named(session),
              slice: ownSlice ? null : slice(session),
              maps: config.maps,
            },
            places,
            needs: { ...marked, preparation: prepareId(group) },
          }),
        ),
      ),
      ...(ownSlice ? groups.flatMap((group) => planSlices(group)) : []),
      ...bySession(sessions).map(([label, members]) =>
        agreement(name, label, members.map(fitId), members.filter(({ hasTruth }) => hasTruth).map(readId)),
      ),
      cellOf(time, {
        id: `time ${name}`,
        input: {
          preparation: preparation(timed.name, timed.bValues),
          reading,
          sessions: timed.sessions.map(named),
        },
        places,
        needs: { ...data, preparation: prepareId(timed) },
        timing: true,
      }),
    ];
  };

  const fitters = await Promise.all(config.fitters.map(planFitter));
  return [...planData(), ...fitters.flat()];
}

/** Plans networks trained on simulated voxels, one per set of b-values; none if the config has no such voxels. */
function beginnings(
  { training, seed }: VolunteersConfig,
  groups: readonly SessionGroup[],
): { readonly stage: string; readonly bValues: readonly number[]; readonly training: TrainingData }[] {
  if (!training) return [];
  const simulated = trainingDataOf({ data: training, training, seed })!;
  const sets = groups
    .map(({ bValues }) => bValues)
    .filter((b, i, all) => all.findIndex((other) => same(other, b)) === i);
  return sets.map((bValues) => ({
    stage: sets.length > 1 ? `phantom b=${bValues.join(',')}` : 'phantom',
    bValues,
    training: simulated,
  }));
}

/** Returns the id of the cell that reads a session. */
const readId = ({ subject, session }: PlannedSession): string => `read ${subject} ${sessionLabel(session)}`;

const named = ({ subject, session, content }: PlannedSession): SessionInput => ({
  subject,
  session,
  content,
});

const same = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();

/** Groups sessions by their name in tables, in the order of the data. */
function bySession(sessions: readonly PlannedSession[]): [string, PlannedSession[]][] {
  const found = new Map<string, PlannedSession[]>();
  for (const session of sessions) {
    const label = sessionLabel(session.session);
    found.set(label, [...(found.get(label) ?? []), session]);
  }
  return [...found];
}
