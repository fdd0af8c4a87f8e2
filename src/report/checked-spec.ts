import type { TopLevelSpec } from 'vega-lite';
import { describedValue } from '../plugins/described-value.ts';
import { hasMembers, type Members } from '../plugins/members.ts';
import { didYouMean } from '../plugins/nearest-name.ts';

const MARKS = [
  ...['arc', 'area', 'bar', 'boxplot', 'circle', 'errorband', 'errorbar', 'geoshape', 'image', 'line'],
  ...['point', 'rect', 'rule', 'square', 'text', 'tick', 'trail'],
];
/** What makes a view: one of these. */
const COMPOSITIONS = ['mark', 'layer', 'facet', 'hconcat', 'vconcat', 'concat', 'repeat'];

/**
 * Returns what a figure returned, if it is a specification, or null. Looks for what Vega-Lite itself would not explain: it
 * reports a misspelt mark as a property of undefined.
 * @throws Error with what was found and what is allowed
 */
export function checkedSpec(returned: unknown): TopLevelSpec | null {
  if (returned === null) return null;
  if (!hasMembers(returned)) {
    throw new Error(
      `draw returned ${describedValue(returned)}; allowed: a Vega-Lite specification, or null where the run has no rows for it`,
    );
  }
  checkView(returned);
  return returned as unknown as TopLevelSpec;
}

function checkView(view: Members): void {
  const keys = Object.keys(view);
  if (!keys.some((key) => COMPOSITIONS.includes(key))) {
    const near = keys.map((key) => didYouMean(key, COMPOSITIONS)).find((text) => text !== '');
    throw new Error(
      `its specification has a view with the keys ${keys.join(', ') || '(none)'}, and none of ${COMPOSITIONS.join(', ')}${near ?? ''}`,
    );
  }
  if ('mark' in view) checkMark(view['mark']);
  for (const key of ['layer', 'hconcat', 'vconcat', 'concat']) {
    const parts = view[key];
    if (Array.isArray(parts)) for (const part of parts) if (hasMembers(part)) checkView(part);
  }
  if (hasMembers(view['spec'])) checkView(view['spec']);
}

function checkMark(mark: unknown): void {
  const type = hasMembers(mark) ? mark['type'] : mark;
  if (typeof type === 'string' && MARKS.includes(type)) return;
  const near = typeof type === 'string' ? didYouMean(type, MARKS) : '';
  throw new Error(
    `its specification has ${describedValue(type)} as a mark; allowed: ${MARKS.join(', ')}${near}`,
  );
}
