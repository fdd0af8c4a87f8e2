/** Ctrl-C and its relatives, as a wish to stop; a second one ends the process as usual. */
export class Interruption {
  #asked = false;
  readonly #onAsked: () => void;
  readonly #listener = () => {
    this.release();
    this.#asked = true;
    this.#onAsked();
  };

  constructor(onAsked: () => void) {
    this.#onAsked = onAsked;
    for (const signal of SIGNALS) process.on(signal, this.#listener);
  }

  get asked(): boolean {
    return this.#asked;
  }

  release(): void {
    for (const signal of SIGNALS) process.off(signal, this.#listener);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
