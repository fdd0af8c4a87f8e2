import { appendFile } from 'node:fs/promises';
import { writeWhole } from '../files/write-whole.ts';
import type { GateOutcome } from '../gate/outcome.ts';
import { annotations } from '../gate/format/annotations.ts';
import { junitXml } from '../gate/format/junit.ts';
import { markdownText } from '../gate/format/markdown-text.ts';
import { outcomeJson } from '../gate/format/outcome-json.ts';
import { plainText } from '../gate/format/plain-text.ts';

export interface OutcomeOptions {
  /** File for JUnit's XML. */
  readonly junit?: string;
  readonly json?: boolean;
}

/** Prints what the gate says, and says it to GitHub where it runs there. */
export async function tellOutcome(
  outcome: GateOutcome,
  { junit, json = false }: OutcomeOptions,
): Promise<void> {
  process.stdout.write(json ? outcomeJson(outcome) : plainText(outcome));
  if (junit !== undefined) await writeWhole(junit, junitXml(outcome));
  if (process.env['GITHUB_ACTIONS'] === 'true') {
    for (const line of annotations(outcome)) process.stderr.write(`${line}\n`);
  }
  const summary = process.env['GITHUB_STEP_SUMMARY'];
  if (summary) await appendFile(summary, markdownText(outcome));
}
