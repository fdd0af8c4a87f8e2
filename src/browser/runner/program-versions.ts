/** The version of the package; `scripts/build-page.mjs` writes it. */
declare const PROGRAM_VERSION: string;

/** Returns the versions of this program and of the browser. */
export const programVersions = (): Record<string, string> => ({
  'ivim-bench': PROGRAM_VERSION,
  browser: navigator.userAgent,
});
