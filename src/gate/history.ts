import { z } from 'zod';
import type { AcceptedRun } from '../contracts/accepted-run.ts';
import { RMSE } from '../measures/errors.ts';
import { numberOf } from './compare-with-accepted.ts';
import { gatedValueKey } from './gated-value.ts';
import type { Reference } from './reference.ts';

const Key = z.tuple([
  z.string(),
  z.string(),
  z.array(z.tuple([z.string(), z.union([z.string(), z.number()])])),
  z.enum(['', 'D', 'f', 'Dp']),
  z.string(),
]);

/** A line of the history, whose values stand by their keys to keep it short. Files call them `figures`. */
const Line = z.object({
  accepted: z.string(),
  version: z.string(),
  commit: z.string(),
  figures: z.record(z.string(), z.number()),
});

/** The only metric in the history; a line with every value would be long. */
const FOLLOWED = RMSE.name;

/** Formats the line of the history for accepted values. Values that are not finite are omitted. */
export function historyLine({ accepted, versions, git, values }: Reference): string {
  const followed = values.filter(({ metric }) => metric === FOLLOWED);
  const numbers = followed.map((gated) => [gatedValueKey(gated), numberOf(gated)] as const);
  const entry: z.input<typeof Line> = {
    accepted,
    version: versions['ivim-bench'] ?? '',
    commit: git === null ? '' : git.commit.slice(0, 10) + (git.dirty ? '+' : ''),
    figures: Object.fromEntries(numbers.filter(([, value]) => Number.isFinite(value))),
  };
  return JSON.stringify(entry) + '\n';
}

/** @throws Error naming the first line that `historyLine` can't have written */
export function decodeHistory(text: string): AcceptedRun[] {
  return text
    .split('\n')
    .map((line, i) => ({ line, at: i + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, at }) => {
      try {
        return decodeLine(line);
      } catch {
        throw new Error(`line ${at} is not that of an accepted run`);
      }
    });
}

function decodeLine(line: string): AcceptedRun {
  const { figures, ...run } = Line.parse(JSON.parse(line));
  const decoded = Object.entries(figures).map(([key, value]) => {
    const [experiment, method, factors, parameter, metric] = Key.parse(JSON.parse(key));
    return { experiment, method, factors: Object.fromEntries(factors), parameter, metric, value };
  });
  return { ...run, values: decoded };
}
