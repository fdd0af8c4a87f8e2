import type { SummingKernel } from '../../contracts/metric.ts';

const PAGE = 65536;
/** Number of tables in the kernel's memory: the ratio of two fits alternates between two. */
const KEPT = 2;

type Sums = (weights: number, table: number, n: number, out: number) => void;

/**
 * The compiled kernel of `src/metrics/assembly/`, three times as fast as JavaScript; undefined without its bytes, or if SIMD is
 * not supported. The bytes are a parameter since this folder reads no files.
 */
export const simdSums = (bytes: Uint8Array<ArrayBuffer> | undefined): SummingKernel | undefined =>
  bytes && WebAssembly.validate(bytes) ? new SimdSums(new WebAssembly.Module(bytes)) : undefined;

class SimdSums implements SummingKernel {
  readonly #memory = new WebAssembly.Memory({ initial: 1 });
  readonly #sums: Sums;
  #rows = 0;
  #tables: Float64Array[] = [];
  #next = 0;

  constructor(module: WebAssembly.Module) {
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.#memory } });
    this.#sums = exports.sums as Sums;
  }

  /** @param table rows of four numbers; must not change afterwards */
  sum(weights: Uint8Array, table: Float64Array, out: Float64Array): Float64Array {
    const n = weights.length;
    const at = this.#place(table, n);
    new Uint8Array(this.#memory.buffer, this.#weightsAt, n).set(weights);
    this.#sums(this.#weightsAt, at, n, 0);
    out.set(new Float64Array(this.#memory.buffer, 0, 4));
    return out;
  }

  /** Returns the address of the table, after writing it to memory if necessary. */
  #place(table: Float64Array, n: number): number {
    if (n !== this.#rows) this.#makeRoom(n);
    let slot = this.#tables.indexOf(table);
    if (slot < 0) {
      slot = this.#next;
      this.#next = (this.#next + 1) % KEPT;
      this.#tables[slot] = table;
      new Float64Array(this.#memory.buffer, this.#tableAt(slot), table.length).set(table);
    }
    return this.#tableAt(slot);
  }

  #makeRoom(n: number): void {
    this.#rows = n;
    this.#tables = [];
    this.#next = 0;
    const missing = this.#weightsAt + n - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
  }

  /** Memory layout: the results, then the tables, then the weights. */
  #tableAt(slot: number): number {
    return 64 + slot * 32 * this.#rows;
  }

  get #weightsAt(): number {
    return this.#tableAt(KEPT);
  }
}
