import type { TopLevelSpec } from 'vega-lite';

/**
 * Strings that Vega 6 takes for the name of a variable where an expression compares with them: `if`, and whatever every object of
 * JavaScript has (`legalKeywords[value]` in vega-expression's parser). Fitters and regions may be called so.
 */
const TAKEN = ['if', ...Object.getOwnPropertyNames(Object.prototype)];
const taken = new Set(TAKEN);
const anyTaken = new RegExp(`"(?:${TAKEN.join('|')})"`);

/** Returns a specification in which such names end in a space, which nobody sees; others are returned as they are. */
export function namesAsText(spec: TopLevelSpec): TopLevelSpec {
  if (!anyTaken.test(JSON.stringify(spec))) return spec;
  return JSON.parse(JSON.stringify(spec), (_key, value: unknown) =>
    typeof value === 'string' && taken.has(value) ? `${value} ` : value,
  ) as TopLevelSpec;
}
