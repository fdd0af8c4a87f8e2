import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Experiment } from '../contracts/experiment.ts';
import type { Figure } from '../contracts/figure.ts';
import type { Fitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import type { Model } from '../contracts/learner.ts';
import type { Metric, MetricFamily } from '../contracts/metric.ts';
import type { Table } from '../contracts/table.ts';
import { importModule } from './import-module.ts';
import { isPath } from './kept-name.ts';
import { didYouMean } from './nearest-name.ts';
import { moduleExtension, moduleFolders, organsFolder, protocolFolder, type ModuleKind } from './places.ts';
import { checkShape } from './shape.ts';

/** A plug-in and where it came from; `module` is what its code version is computed from. */
export interface Plugin<T> {
  readonly name: string;
  readonly module: URL;
  readonly value: T;
}

export const fitterNames = (): string[] => namesOf('fitter');
export const metricNames = (): string[] => namesOf('metric');
export const modelNames = (): string[] => namesOf('model');
export const figureNames = (): string[] => namesOf('figure');
export const tableNames = (): string[] => namesOf('table');
export const experimentNames = (): string[] => namesOf('experiment');
export const protocolNames = (): string[] => namesIn(protocolFolder, '.yaml');

type Load<T> = (nameOrPath: string, from?: URL) => Promise<Plugin<T>>;

/**
 * Loads a plug-in by the name of its file, or from a path (anything with a slash or a script's extension) relative to the
 * folder `from`, by default the current one. Settings are whatever a fitter's own schema gives.
 * @throws InputError where there is no such plug-in or the file does not hold one
 */
export const loadFitter: Load<Fitter> = (name, from) => load('fitter', name, from);
export const loadMetric: Load<Metric | MetricFamily> = (name, from) => load('metric', name, from);
export const loadModel: Load<Model> = (name, from) => load('model', name, from);
export const loadFigure: Load<Figure> = (name, from) => load('figure', name, from);
export const loadTable: Load<Table> = (name, from) => load('table', name, from);
export const loadExperiment: Load<Experiment> = (name, from) => load('experiment', name, from);

/** The file of a protocol kept with the program. */
export const protocolFile = (name: string): URL => keptFile('protocol', name, protocolFolder);

/** The file of a set of organs kept with the program. */
export const organsFile = (name: string): URL => keptFile('organs', name, organsFolder);

function keptFile(what: string, name: string, folder: URL): URL {
  const known = namesIn(folder, '.yaml');
  if (!known.includes(name)) throw unknown(what, name, known);
  return new URL(`${name}.yaml`, folder);
}

async function load<T>(
  kind: ModuleKind,
  nameOrPath: string,
  from: URL = currentFolder(),
): Promise<Plugin<T>> {
  const module = isPath(nameOrPath) ? fileCalled(kind, nameOrPath, from) : keptModule(kind, nameOrPath);
  const name = isPath(nameOrPath) ? displayName(nameOrPath) : nameOrPath;
  return { name, module, value: await importPlugin<T>(kind, nameOrPath, module) };
}

function keptModule(kind: ModuleKind, name: string): URL {
  const known = namesOf(kind);
  if (!known.includes(name)) throw unknown(kind, name, known);
  return moduleNamed(kind, name);
}

/** The file of a plug-in of the program. */
export const moduleNamed = (kind: ModuleKind, name: string): URL =>
  new URL(name + moduleExtension, moduleFolders[kind]);

/** Locates a plug-in that is named by a path. @throws InputError where there is no such file */
export function fileCalled(kind: string, path: string, from: URL): URL {
  const module = path.startsWith('file:') ? new URL(path) : new URL(encodePath(path), from);
  if (existsSync(module)) return module;
  throw new InputError(`${kind} ${path}: there is no file ${fileURLToPath(module)}`);
}

/** `./somewhere/my-fitter.ts` is shown as `my-fitter`, and so is its `file:` URL. */
export const displayName = (path: string): string =>
  (path.startsWith('file:') ? fileURLToPath(path) : path)
    .replace(/^.*[\\/]/, '')
    .replace(/\.[cm]?[jt]s(\?.*)?$/, '');

async function importPlugin<T>(kind: ModuleKind, name: string, module: URL): Promise<T> {
  const { default: value } = await importModule(module, `${kind} ${name}`);
  checkShape(kind, name, value);
  return value as T;
}

function unknown(kind: string, name: string, known: readonly string[]): InputError {
  return new InputError(`unknown ${kind} ${name}; allowed: ${known.join(', ')}${didYouMean(name, known)}`);
}

export const namesOf = (kind: ModuleKind): string[] => namesIn(moduleFolders[kind], moduleExtension);

/** File names without their extension, sorted so that nothing depends on the file system's order. */
export function namesIn(folder: URL, extension: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension) && !/\.d\.ts$|^[._]/.test(entry.name))
    .map((entry) => entry.name.slice(0, -extension.length))
    .sort();
}

const currentFolder = (): URL => pathToFileURL(process.cwd() + '/');

/** A path as the reference part of a URL: `#`, `?`, `%` and spaces are ordinary characters in file names. */
function encodePath(path: string): string {
  const absolute = /^([\\/]|[a-zA-Z]:[\\/])/.test(path);
  if (absolute) return pathToFileURL(path).href;
  return path.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
}
