import type { z } from 'zod';
import { foldedName } from '../../files/plain-name.ts';
import { BOUND, TRUTH } from '../../contracts/metric.ts';
import type { PluginEntry } from '../../contracts/study.ts';

/** Names that tables and figures use for what is no fitter, and names that objects of JavaScript have anyway. */
const RESERVED = new Set([TRUTH, BOUND, '__proto__', 'constructor', 'prototype']);

/**
 * Refuses lists of fitters or models in which a name is reserved, or occurs twice, at the second one. Names become folders too,
 * so names that differ in case alone are the same.
 */
export const eachNameOnce =
  (kind: 'fitter' | 'model') =>
  (references: readonly (readonly PluginEntry[])[], context: z.core.$RefinementCtx): void => {
    const known = new Set<string>();
    references.forEach((entries, i) => {
      // One that could not be resolved is reported already.
      if (!isList(entries)) return;
      const reserved = entries.find(({ name }) => RESERVED.has(foldedName(name)));
      if (reserved) {
        const message = `found a ${kind} called ${reserved.name}, which means something else in tables; give it another \`name\``;
        context.addIssue({ code: 'custom', path: [i], message });
      }
      const twice = entries.find(({ name }) => known.has(foldedName(name)));
      for (const { name } of entries) known.add(foldedName(name));
      if (!twice) return;
      context.addIssue({
        code: 'custom',
        path: [i],
        message: `found a second ${kind} called ${twice.name}; allowed: each name once; give one of them another \`name\``,
      });
    });
  };

/** Zod's `NEVER` stands for what could not be resolved. */
const isList = (entries: unknown): boolean => Array.isArray(entries);
