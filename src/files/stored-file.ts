import { z } from 'zod';
import { InputError } from '../contracts/input-error.ts';

/** A number that may be NaN or infinite, which JSON writes as null: NaN when it is read. */
export const StoredNumber = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN);

/** A JSON file that one cell leaves for others. */
export interface StoredJson<T> {
  readonly name: string;
  /** The file's name and content. */
  readonly encode: (value: T) => [name: string, content: Uint8Array];
  /**
   * @param content undefined where the cell left no such file
   * @throws InputError where it is not what the schema asks for: a run's folder may come from someone else
   */
  readonly decode: (content: Uint8Array | undefined) => T;
}

/** @param schema of what is read; types that JSON lacks, such as NaN, are its business */
export function storedJson<T>(name: string, schema: z.ZodType<T>): StoredJson<T> {
  return {
    name,
    encode: (value) => [name, new TextEncoder().encode(JSON.stringify(value))],
    decode: (content) => {
      const text = new TextDecoder().decode(stored(name, content));
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        throw damaged(name, 'not JSON');
      }
      const parsed = schema.safeParse(value);
      if (parsed.success) return parsed.data;
      const [{ path, message }] = parsed.error.issues;
      throw damaged(name, path.length > 0 ? `${path.join('.')}: ${message}` : message);
    },
  };
}

/** The bytes of numbers as a file keeps them. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/**
 * The numbers of a file that a cell left.
 * @param count how many there should be
 * @throws InputError where there are others
 */
export function storedFloats(name: string, content: Uint8Array | undefined, count: number): Float32Array {
  const bytes = storedBytes(name, content, 4 * count);
  // Copied only where the bytes are not aligned to four.
  const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Float32Array(buffer, byteOffset, count);
}

/** The bytes of a file that a cell left. @throws InputError where there are not as many */
export function storedBytes(name: string, content: Uint8Array | undefined, count: number): Uint8Array {
  const bytes = stored(name, content);
  if (bytes.length !== count) throw damaged(name, `${bytes.length} bytes where ${count} are expected`);
  return bytes;
}

/** A file that a cell must have left. */
export function stored(name: string, content: Uint8Array | undefined): Uint8Array {
  if (!content) throw damaged(name, 'not there');
  return content;
}

const damaged = (name: string, why: string): InputError =>
  new InputError(`${name} of a stored result: ${why}; run the study again with --fresh`);
