type Numbers = Float64Array | Uint8Array;

/** Arrays that several plug-ins are given, none of which may write into them. */
export class SharedArrays {
  readonly #arrays: readonly Numbers[];
  readonly #copies: readonly Buffer[];

  constructor(arrays: readonly Numbers[]) {
    this.#arrays = arrays;
    this.#copies = arrays.map((array) => Buffer.from(bytesOf(array)));
  }

  /** Puts the arrays back to what they were, as others go on with them. Returns whether any had changed. */
  restore(): boolean {
    const changed = this.#arrays.map((array, i) => !bytesOf(array).equals(this.#copies[i]));
    this.#arrays.forEach((array, i) => {
      if (changed[i]) bytesOf(array).set(this.#copies[i]);
    });
    return changed.includes(true);
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Numbers): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
