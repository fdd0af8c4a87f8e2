import { inMemory } from './memory.ts';

interface Handle {
  writeFile(contents: Uint8Array | string): Promise<void>;
}

/** Keeps the files that a fit writes in memory, from `commit` on. */
export function stageFiles(paths: readonly string[]) {
  const staged = new Map<string, Uint8Array>(paths.map((path) => [path, new Uint8Array()]));
  return {
    async handle(path: string): Promise<Handle> {
      return {
        async writeFile(contents) {
          staged.set(path, typeof contents === 'string' ? new TextEncoder().encode(contents) : contents);
        },
      };
    },
    async commit() {
      for (const [path, bytes] of staged) inMemory.set(path, bytes);
    },
    discard: () => staged.clear(),
  };
}
