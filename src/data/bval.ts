import { InputError } from '../contracts/input-error.ts';
import { impossibleBValues, roundedToZero, withExactZeros } from '../signal/b-values.ts';
import { counted } from '../wording/counted.ts';
import { hasDecimalComma, readText } from './read-text.ts';

/**
 * Parses the b-values of an FSL `.bval` file in s/mm²: numbers separated by white space, commas or semicolons, in a row or a
 * column. Values that differ from 0 only by rounding, of either sign, become 0.
 * @throws InputError naming the line of anything that is not a b-value, or if the b-values can't be in s/mm²
 */
export function parseBval(text: string, file: string): Float64Array {
  const values: number[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  refuseOtherText(lines, file);
  refuseDecimalCommas(lines, file);
  lines.forEach((line, i) => {
    for (const word of line.split(/[\s,;]+/)) {
      if (word === '') continue;
      const value = Number(word);
      if (!Number.isFinite(value)) {
        const printed = /^[[(]|^(np\.|array|float)/.test(word)
          ? ' (this looks like a list as Python prints it; write the file with numpy.savetxt)'
          : '';
        throw new InputError(
          `${file}:${i + 1}: '${word}' is not a b-value; allowed: numbers in s/mm²${printed}`,
        );
      }
      if (roundedToZero(value) < 0) {
        throw new InputError(
          `${file}:${i + 1}: the b-value ${word} is negative; is this a .bvec file instead of a .bval?`,
        );
      }
      values.push(value);
    }
  });
  if (values.length === 0) throw new InputError(`${file} holds no b-values`);
  const fault = impossibleBValues(values);
  if (fault !== undefined) throw new InputError(`${file}: ${fault}`);
  return withExactZeros(values);
}

/**
 * Refuses a file most of whose words are no numbers. A config may name any file as b-values, so what is something else is not
 * quoted: messages end in reports.
 */
function refuseOtherText(lines: readonly string[], file: string): void {
  const words = lines.flatMap((line) => line.split(/[\s,;[\]()]+/)).filter((word) => word !== '');
  const numbers = words.filter((word) => Number.isFinite(Number(word))).length;
  if (words.length > 0 && numbers === 0)
    throw new InputError(`${file}: holds no number; allowed: b-values in s/mm²`);
  if (numbers < words.length / 2)
    throw new InputError(
      `${file}: ${counted(words.length - numbers, 'word')} of ${words.length} are not numbers; allowed: b-values in s/mm²`,
    );
}

/** A comma between two digits separates b-values only in a list of several: `0,10,20`. */
function refuseDecimalCommas(lines: readonly string[], file: string): void {
  const filled = lines.filter((line) => line.trim() !== '').length;
  lines.forEach((line, i) => {
    const words = line.split(/[\s;]+/).filter((word) => word !== '');
    const word = words.find(hasDecimalComma);
    if (word === undefined || (words.length === 1 && filled === 1)) return;
    throw new InputError(
      `${file}:${i + 1}: '${word}' has a decimal comma; write a point, as in ${word.replace(',', '.')}`,
    );
  });
}

/** Reads a `.bval` file; see `parseBval`. */
export async function readBval(file: string): Promise<Float64Array> {
  return parseBval(await readText(file), file);
}

/** Formats b-values as a `.bval` file: one row. */
export function formatBval(bValues: ArrayLike<number>): string {
  return Array.from(bValues, String).join(' ') + '\n';
}

/** @throws InputError if there is not one b-value per column (volume) of the signals */
export function checkBvalCount(bValues: Float64Array, bvalFile: string, found: number, what: string): void {
  if (bValues.length !== found) {
    throw new InputError(`${bvalFile} has ${counted(bValues.length, 'b-value')}, but ${what}`);
  }
}
