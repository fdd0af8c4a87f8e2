import { join } from 'node:path';
import { z } from 'zod';
import { readInput } from '../files/read-input.ts';
import { writeWhole } from '../files/write-whole.ts';
import type { PlannedCell } from './plan-cells.ts';

const PLAN_FILE = 'plan.json';

const Plan = z.object({
  format: z.literal(1),
  /** Hash of some code to the files and packages it consists of. */
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

/** `plan.json`: the parts of the keys of a run's cells, so that a later plan can report what changed. */
export type PlanRecord = z.output<typeof Plan>;

/** Reads what was last planned in a folder; empty if nothing was, or the file is not readable. */
export async function readPlanRecord(dir: string): Promise<PlanRecord> {
  try {
    return Plan.parse(JSON.parse((await readInput(join(dir, PLAN_FILE))).toString('utf8')));
  } catch {
    return { format: 1, code: {}, cells: {} };
  }
}

/** Records a plan. Cells of earlier plans that are not in this one (of fitters left out, say) are kept. */
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
