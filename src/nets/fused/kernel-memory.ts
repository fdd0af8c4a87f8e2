const PAGE = 65536;

/** Hands out stretches of the kernel's memory one after the other, each on a multiple of 64 bytes (a cache line). */
export class KernelMemory {
  readonly #memory: WebAssembly.Memory;
  /** Address 0 stays unused: it means "none". */
  #end = 64;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  /** The address of room for `count` numbers of four bytes. */
  take(count: number): number {
    const at = this.#end;
    this.#end += (count * 4 + 63) & ~63;
    return at;
  }

  /** Grows the memory to what was handed out. Views made before are of no use afterwards. */
  grow(): void {
    const missing = this.#end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
  }

  numbers(at: number, count: number): Float32Array {
    return new Float32Array(this.#memory.buffer, at, count);
  }

  /** Writes whole numbers, four bytes each. */
  write(at: number, words: readonly number[]): void {
    new Int32Array(this.#memory.buffer, at, words.length).set(words);
  }
}
