import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../files/write-whole.ts';
import type { PlannedCell } from './plan-cells.ts';

const PLAN_FILE = 'plan.json';

const Plan = z.object({
  format: z.literal(1),
  /** Hash of some code to the files and packages it is made of. */
  code: z.record(z.string(), z.record(z.string(), z.string())),
  cells: z.record(
    z.string(),
    z.object({
      key: z.string(),
      task: z.string(),
      input: z.json(),
      code: z.array(z.string()),
      needs: z.record(z.string(), z.string()),
    }),
  ),
});

/** `plan.json`: what the keys of a run's cells were made of, so that a later plan can say what has changed. */
export type PlanRecord = z.output<typeof Plan>;

/** What the runs in a folder planned last; empty where nothing was planned, or the file can't be read. */
export async function readPlanRecord(dir: string): Promise<PlanRecord> {
  try {
    return Plan.parse(JSON.parse(await readFile(join(dir, PLAN_FILE), 'utf8')));
  } catch {
    return { format: 1, code: {}, cells: {} };
  }
}

/** Records a plan. Cells that an earlier plan had and this one has not (of fitters that were left out, say) are kept. */
export async function writePlanRecord(dir: string, planned: readonly PlannedCell[]): Promise<void> {
  const known = await readPlanRecord(dir);
  const cells = { ...known.cells };
  const code = { ...known.code };
  for (const { cell, key, parts } of planned) {
    for (const version of parts.code) code[version.hash] = { ...version.parts };
    cells[cell.id] = {
      key,
      task: parts.task,
      input: (parts.input ?? null) as PlanRecord['cells'][string]['input'],
      code: parts.code.map(({ hash }) => hash),
      needs: { ...parts.needs },
    };
  }
  const used = new Set(Object.values(cells).flatMap((cell) => cell.code));
  const kept = Object.fromEntries(Object.entries(code).filter(([hash]) => used.has(hash)));
  await writeWhole(
    join(dir, PLAN_FILE),
    JSON.stringify({ format: 1, code: kept, cells } satisfies PlanRecord),
  );
}
