import { readFile } from 'node:fs/promises';
import { InputError } from '../contracts/input-error.ts';
import { reason } from '../files/reason.ts';

/**
 * The b-values of an FSL `.bval` file in s/mm²: numbers separated by white space, in a row or in a column.
 * @throws InputError naming the line where something is not a b-value
 */
export function parseBval(text: string, file: string): Float64Array {
  const values: number[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  lines.forEach((line, i) => {
    for (const word of line.split(/[\s,]+/)) {
      if (word === '') continue;
      const value = Number(word);
      if (!Number.isFinite(value)) {
        throw new InputError(`${file}:${i + 1}: '${word}' is not a b-value; numbers in s/mm² are wanted`);
      }
      if (value < 0) {
        throw new InputError(
          `${file}:${i + 1}: the b-value ${word} is negative; is this a .bvec file instead of a .bval?`,
        );
      }
      values.push(value);
    }
  });
  if (values.length === 0) throw new InputError(`${file} holds no b-values`);
  return Float64Array.from(values);
}

/** Reads a `.bval` file; see `parseBval`. */
export async function readBval(file: string): Promise<Float64Array> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new InputError(`cannot read ${file}: ${reason(error)}`, { cause: error });
  }
  return parseBval(text, file);
}

/** The text of a `.bval` file: one row. */
export function formatBval(bValues: ArrayLike<number>): string {
  return Array.from(bValues, String).join(' ') + '\n';
}

/** @throws InputError where there is not one b-value per column (volume) of the signals */
export function checkBvalCount(bValues: Float64Array, bvalFile: string, found: number, what: string): void {
  if (bValues.length !== found) {
    throw new InputError(`${bvalFile} has ${bValues.length} b-values, but ${what}`);
  }
}
