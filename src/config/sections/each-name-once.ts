import type { z } from 'zod';
import type { PluginEntry } from '../../contracts/study.ts';

/** Refuses lists of fitters or models in which a name occurs twice, at the second one. */
export const eachNameOnce =
  (kind: 'fitter' | 'model') =>
  (references: readonly (readonly PluginEntry[])[], context: z.core.$RefinementCtx): void => {
    const known = new Set<string>();
    references.forEach((entries, i) => {
      // One that could not be resolved is reported already.
      if (!isList(entries)) return;
      const twice = entries.find(({ name }) => known.has(name));
      for (const { name } of entries) known.add(name);
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
