/** All files of `src/fitters/` by name, found by `scripts/build-page.mjs`. */
declare module 'every:src/fitters' {
  export const fitters: Readonly<Record<string, () => Promise<{ readonly default: unknown }>>>;
}
