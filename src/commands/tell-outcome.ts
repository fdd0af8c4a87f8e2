import { appendFile } from 'node:fs/promises';
import { writeWhole } from '../files/write-whole.ts';
import type { GateOutcome } from '../gate/outcome.ts';
import { annotations } from '../gate/format/annotations.ts';
import { junitXml } from '../gate/format/junit.ts';
import { markdownText } from '../gate/format/markdown-text.ts';
import { outcomeRecord } from '../gate/format/outcome-record.ts';
import { plainText } from '../gate/format/plain-text.ts';
import { printJson, printMessage, printResult } from '../terminal/print.ts';

export interface OutcomeOptions {
  /** File for the JUnit XML. */
  readonly junit?: string;
  readonly json?: boolean;
  /** Print every value. */
  readonly verbose?: boolean;
}

/** Prints the result of the gate, and reports it to GitHub if it runs there. */
export async function tellOutcome(
  outcome: GateOutcome,
  { junit, json = false, verbose = false }: OutcomeOptions,
): Promise<void> {
  if (json) printJson(outcomeRecord(outcome));
  else printResult(plainText(outcome, verbose));
  if (junit !== undefined) await writeWhole(junit, junitXml(outcome));
  if (process.env['GITHUB_ACTIONS'] === 'true') {
    annotations(outcome).forEach(printMessage);
  }
  const summary = process.env['GITHUB_STEP_SUMMARY'];
  if (summary) await appendFile(summary, markdownText(outcome));
}
