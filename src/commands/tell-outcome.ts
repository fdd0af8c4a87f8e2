import { appendFile } from 'node:fs/promises';
import { writeWhole } from '../files/write-whole.ts';
import type { GateOutcome } from '../gate/outcome.ts';
import { annotations } from '../gate/words/annotations.ts';
import { junitXml } from '../gate/words/junit.ts';
import { markdownText } from '../gate/words/markdown-text.ts';
import { outcomeJson } from '../gate/words/outcome-json.ts';
import { plainText } from '../gate/words/plain-text.ts';

export interface TellWords {
  /** File for JUnit's XML. */
  readonly junit?: string;
  readonly json?: boolean;
}

/** Prints what the gate says, and says it to GitHub where it runs there. */
export async function tellOutcome(outcome: GateOutcome, { junit, json = false }: TellWords): Promise<void> {
  process.stdout.write(json ? outcomeJson(outcome) : plainText(outcome));
  if (junit !== undefined) await writeWhole(junit, junitXml(outcome));
  if (process.env['GITHUB_ACTIONS'] === 'true') {
    for (const line of annotations(outcome)) process.stderr.write(`${line}\n`);
  }
  const summary = process.env['GITHUB_STEP_SUMMARY'];
  if (summary) await appendFile(summary, markdownText(outcome));
}
