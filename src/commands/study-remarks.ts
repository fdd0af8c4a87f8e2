import { studyNotes } from '../config/study-notes.ts';
import type { StudyRemarks } from '../contracts/experiment.ts';
import type { Study } from '../contracts/study.ts';
import { loadExperiment } from '../plugins/discover.ts';
import { printMessage } from '../terminal/print.ts';

/** Inspects the config, and the headers and tables of the data it reads. */
export async function studyRemarks({ config, module }: Study): Promise<StudyRemarks> {
  const { value: experiment } = await loadExperiment(module);
  const { notes = [], leftOut = [] } = (await experiment.remarks?.(config)) ?? {};
  return { notes: [...studyNotes(config), ...notes], leftOut };
}

/** Prints remarks to standard error. */
export function printRemarks({ notes, leftOut }: StudyRemarks): void {
  for (const note of notes) printMessage(`note: ${note}`);
  leftOut.forEach(printMessage);
}
