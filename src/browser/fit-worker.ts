import './no-evaluation.ts';
import { fitOne, type FitOptions } from '../commands/fit-one.ts';
import type { Json } from '../contracts/experiment.ts';
import { answer } from './answer.ts';
import { faultsOf } from './faults.ts';
import { inMemory } from './files/memory.ts';
import { listen } from './terminal/print.ts';

/** A fit of files, as the options of `ivim-bench fit`. */
export interface FitRequest {
  readonly files: ReadonlyMap<string, Blob | Uint8Array>;
  readonly options: Omit<FitOptions, 'json' | 'quiet'>;
}

/** What `ivim-bench fit --json` prints, in the course of a fit, and what it writes. */
export type FitAnswer =
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'progress'; readonly line: string }
  | { readonly kind: 'failed'; readonly faults: readonly string[] }
  | {
      readonly kind: 'done';
      readonly facts: Readonly<Record<string, Json>>;
      /** Files by their names in the folder of the output. */
      readonly files: ReadonlyMap<string, Uint8Array>;
    };

onmessage = async ({ data: { files, options } }: MessageEvent<FitRequest>) => {
  for (const [name, contents] of files) inMemory.set(name, contents);
  listen({
    message: (text) => answer<FitAnswer>({ kind: 'note', text }),
    progress: (line) => answer<FitAnswer>({ kind: 'progress', line }),
  });
  try {
    const { summary: facts, written: fitted } = await fitOne(options);
    await fitted.commit();
    const written = new Map<string, Uint8Array>();
    for (const [name, contents] of inMemory) {
      const inside = name.startsWith(`${options.out}/`) && contents instanceof Uint8Array;
      if (inside) written.set(name.slice(options.out.length + 1), contents);
    }
    const buffers = [...written.values()].map(({ buffer }) => buffer);
    answer<FitAnswer>({ kind: 'done', facts, files: written }, [...new Set(buffers)]);
  } catch (error) {
    answer<FitAnswer>({ kind: 'failed', faults: faultsOf(error) });
  }
};
