import { configJsonSchema } from '../config/json-schema.ts';
import { printJson } from '../terminal/print.ts';

/** Prints the JSON Schema of configs. */
export async function schema(): Promise<number> {
  printJson(await configJsonSchema());
  return 0;
}
