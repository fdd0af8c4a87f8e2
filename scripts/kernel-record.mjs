// The records that the network kernel is called with are the classes of src/nets/assembly/plan.ts. This writes their
// fields, in their order and with their types, to src/nets/fused/record-fields.ts, so that TypeScript fills them by
// name: a field that is added, renamed or moved in the kernel is a type error there, never a number in the wrong place.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const FIELD = /^ {2}(\w+): (i32|usize|f32);$/gm;

/** The text of record-fields.ts for the text of plan.ts. */
export function recordFields(plan) {
  const record = (name) => {
    const [, body] = new RegExp(`^export class ${name} \\{\\n([^]*?)^\\}`, 'm').exec(plan);
    const fields = [...body.matchAll(FIELD)].map(
      ([, field, type]) => `  ${field}: '${type === 'usize' ? 'i32' : type}',`,
    );
    return `export const ${name.toUpperCase()}_FIELDS = {\n${fields.join('\n')}\n} as const;\n`;
  };
  return [
    '// Generated from src/nets/assembly/plan.ts by scripts/kernel-record.mjs (npm run build): change that file instead.\n',
    '/** Fields of the record of a layer, in their order, four bytes each; addresses are i32. */',
    record('Layer'),
    '/** Fields of the record of a job. */',
    record('Plan'),
  ].join('\n');
}

const place = (file) => new URL(`../src/nets/${file}`, import.meta.url);

/** Writes record-fields.ts where plan.ts has changed. */
export function writeRecordFields() {
  const written = place('fused/record-fields.ts');
  const text = recordFields(readFileSync(place('assembly/plan.ts'), 'utf8'));
  if (!existsSync(written) || readFileSync(written, 'utf8') !== text) writeFileSync(written, text);
}
