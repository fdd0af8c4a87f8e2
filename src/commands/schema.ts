import { configJsonSchema } from '../config/json-schema.ts';

/** Prints the JSON Schema of configs. */
export async function schema(): Promise<number> {
  process.stdout.write(JSON.stringify(await configJsonSchema(), null, 2) + '\n');
  return 0;
}
