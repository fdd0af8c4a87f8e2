import { publishFiles } from '../runner/publish-files.ts';
import { storedRunWithHistory } from './stored-run-with-history.ts';

/**
 * Writes what people read of the run in `dir`, from what is stored there: its published files, tables, figures, report.
 * @returns null, or why they are not complete
 */
export async function writeOutputs(dir: string): Promise<string | null> {
  // Vega is loaded when it is needed, and not before the workers have left the memory to it.
  const { writeReport } = await import('../report/write.ts');
  try {
    await publishFiles(dir);
    await writeReport(await storedRunWithHistory(dir), dir);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
