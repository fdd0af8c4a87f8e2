const PAGE = 65536;

/** The fields of a kernel record, in their order, with their types. */
export type RecordFields = Readonly<Record<string, 'i32' | 'f32'>>;

/** Allocates the kernel's memory one array after the other, each at a multiple of 64 bytes (a cache line). */
export class KernelMemory {
  readonly #memory: WebAssembly.Memory;
  /** Address 0 is never allocated: it means "none". */
  #end = 64;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  /** Allocates `count` numbers of four bytes and returns their address. */
  take(count: number): number {
    const at = this.#end;
    this.#end += (count * 4 + 63) & ~63;
    return at;
  }

  /** Grows the memory to what was allocated. Views made before are detached. */
  grow(): void {
    const missing = this.#end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
  }

  numbers(at: number, count: number): Float32Array {
    return new Float32Array(this.#memory.buffer, at, count);
  }

  /** Writes a record field by field, four bytes each. */
  write<Fields extends RecordFields>(
    at: number,
    fields: Fields,
    values: Readonly<Record<keyof Fields, number>>,
  ): void {
    const view = new DataView(this.#memory.buffer, at);
    Object.entries(fields).forEach(([field, type], k) => {
      if (type === 'f32') view.setFloat32(4 * k, values[field], true);
      else view.setInt32(4 * k, values[field], true);
    });
  }
}
