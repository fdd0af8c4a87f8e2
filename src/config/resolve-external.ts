import { z } from 'zod';
import type { FitterEntry } from '../contracts/study.ts';
import { programModule } from '../external/program.ts';
import { ExternalKeys } from '../external/settings.ts';
import { configFolder } from './config-folder.ts';
import { explainIssue } from './explain-issue.ts';

/**
 * Completes an entry that refers to a program instead of a fitter; problems are added to `context`. Does not start the program.
 */
export async function resolveExternal(
  reference: unknown,
  context: z.core.ParsePayload,
): Promise<FitterEntry> {
  const parsed = await ExternalKeys.safeParseAsync(reference, { error: explainIssue });
  if (parsed.success) {
    const { name, ...settings } = parsed.data;
    const { external } = settings;
    return { name, use: 'external', module: programModule(configFolder()).href, external, settings };
  }
  for (const issue of parsed.error.issues)
    context.issues.push({ ...issue, input: reference } as z.core.$ZodRawIssue);
  return z.NEVER;
}
