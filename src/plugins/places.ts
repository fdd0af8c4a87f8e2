/**
 * Where plug-ins live. The same relative paths hold in a checkout (`src/`, `experiments/`, run as TypeScript) and
 * after compilation (`dist/src/`, `dist/experiments/`); only `configs/` stays at the root of the package.
 */
const runsAsTypeScript = import.meta.url.endsWith('.ts');
const codeRoot = new URL('../../', import.meta.url);

/** Extension of this program's own modules: `.ts` in a checkout, `.js` once compiled. */
export const moduleExtension = runsAsTypeScript ? '.ts' : '.js';

/** The folder that holds `package.json` and `configs/`. */
export const packageRoot = runsAsTypeScript ? codeRoot : new URL('../', codeRoot);

/** One folder per kind of plug-in that is code; a module's name is its file's name. */
export const moduleFolders = {
  fitter: new URL('src/fitters/', codeRoot),
  metric: new URL('src/metrics/', codeRoot),
  model: new URL('src/models/', codeRoot),
  figure: new URL('src/figures/', codeRoot),
  table: new URL('src/tables/', codeRoot),
  experiment: new URL('experiments/', codeRoot),
} as const;
export type ModuleKind = keyof typeof moduleFolders;

/** One YAML file per protocol. */
export const protocolFolder = new URL('configs/protocols/', packageRoot);

/** One YAML file per set of organs of virtual volunteers. */
export const organsFolder = new URL('configs/organs/', packageRoot);
