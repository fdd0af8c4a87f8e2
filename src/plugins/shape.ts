import { InputError } from '../contracts/input-error.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { didYouMean } from './nearest-name.ts';
import type { ModuleKind } from './places.ts';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string' && value !== '';
const texts: Check = (value) => Array.isArray(value) && value.every(text);
const func: Check = (value) => typeof value === 'function';
const schema: Check = (value) => typeof value === 'object' && value !== null && 'safeParse' in value;
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const isTrue: readonly [Check, string] = [optional((value) => value === true), 'true, or absent'];
const optionalText: readonly [Check, string] = [optional(text), 'a text, or absent'];
const optionalFunction: readonly [Check, string] = [optional(func), 'a function, or absent'];
const order: readonly [Check, string] = [optional((value) => Number.isFinite(value)), 'a number, or absent'];
const NEEDS = ['sigma', 'allVoxels', 'tissue'];
const TRAINS = ['on given voxels', 'on its own voxels'];
const GUARANTEES = ['exact', 'ordered'];
const needs: Check = (value) =>
  typeof value === 'function' ||
  (Array.isArray(value) && value.every((need) => typeof need === 'string' && NEEDS.includes(need)));

const parameters: Check = (value) =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((name) => typeof name === 'string' && (PARAMETERS as readonly string[]).includes(name));

/** What a default export must hold, and how to say it. The types are in `src/contracts/`. */
const shapes: Record<ModuleKind, Record<string, readonly [Check, string]>> = {
  fitter: {
    label: [text, 'a text'],
    source: [text, 'a text (where the method comes from)'],
    prepare: [func, 'a function'],
    settings: [optional(schema), 'a zod schema, or absent'],
    settingsWithModel: [optional(texts), 'a list of names of settings, or absent'],
    needs: [
      optional(needs),
      `a list of ${NEEDS.join(', ')}, a function of the settings that gives one, or absent`,
    ],
    trains: [
      optional((value) => typeof value === 'string' && TRAINS.includes(value)),
      `'${TRAINS.join("' or '")}', or absent`,
    ],
    estimates: [optional(parameters), `a list of ${PARAMETERS.join(', ')}, or absent`],
    environment: optionalFunction,
    checkProtocol: optionalFunction,
    guarantees: [
      optional((value) => Array.isArray(value) && value.every((each) => GUARANTEES.includes(String(each)))),
      `a list of ${GUARANTEES.join(', ')}, or absent`,
    ],
    estimatesS0: isTrue,
    givesIntervals: isTrue,
    inexact: isTrue,
    forAnyProtocol: isTrue,
    weighsAverages: isTrue,
  },
  metric: {
    label: [text, 'a text'],
    definition: [text, 'a text'],
    unit: [func, 'a function'],
    over: [func, 'a function'],
    interval: [
      optional((value) => value === false || func(value)),
      'a function of the sample, false, or absent',
    ],
    needs: [optional((value) => value === 'intervals'), "'intervals', or absent"],
  },
  model: {
    label: [text, 'a text'],
    source: [text, 'a text (where the architecture comes from)'],
    settings: [schema, 'a zod schema'],
    build: [func, 'a function'],
  },
  figure: { title: [text, 'a text'], caption: [text, 'a text'], order, draw: [func, 'a function'] },
  table: {
    title: [text, 'a text'],
    caption: [text, 'a text'],
    order,
    beside: optionalText,
    csvOnly: isTrue,
    build: [func, 'a function'],
  },
  experiment: {
    label: [text, 'a text'],
    question: [text, 'a text'],
    schema: [schema, 'a zod schema'],
    plan: [func, 'a function'],
    method: optionalText,
    sections: optionalFunction,
    section: [optional((value) => typeof value === 'object' && value !== null), 'an object, or absent'],
    remarks: optionalFunction,
    simulate: optionalFunction,
    testVoxels: optionalFunction,
    networks: optionalFunction,
  },
};

/**
 * @throws InputError naming the first member of a plug-in's default export that is not as its contract says, or that its contract
 * does not have
 */
export function checkShape(kind: ModuleKind, name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) {
    throw new InputError(`${kind} ${name}: the file has no default export that is a ${kind} (an object)`);
  }
  if (kind === 'metric' && 'family' in value) {
    const beside = Object.keys(value).find((member) => member !== 'family');
    if (beside !== undefined) {
      throw new InputError(
        `metric ${name}: unknown member ${beside} of its default export; allowed: family alone`,
      );
    }
    checkFamily(name, value.family);
  } else checkMembers(kind, name, 'its default export', value);
}

/** @throws InputError if a family holds no metric, or one that is not as its contract says */
function checkFamily(file: string, family: unknown): void {
  if (typeof family !== 'object' || family === null || Object.keys(family).length === 0) {
    throw new InputError(`metric ${file}: family of its default export holds no metrics`);
  }
  for (const [name, metric] of Object.entries(family) as [string, unknown][]) {
    if (!ROW_NAME.test(name)) {
      throw new InputError(
        `metric ${file}: family has a metric called ${JSON.stringify(name)}; allowed: lower-case letters, digits and underscores`,
      );
    }
    if (typeof metric !== 'object' || metric === null) {
      throw new InputError(
        `metric ${file}: ${name} of its family is ${kindOf(metric)}; it must be an object`,
      );
    }
    checkMembers('metric', file, `${name} of its family`, metric);
  }
}

const ROW_NAME = /^[a-z][a-z0-9_]*$/;

function checkMembers(kind: ModuleKind, name: string, what: string, value: object): void {
  const members = value as Readonly<Record<string, unknown>>;
  const known = Object.keys(shapes[kind]);
  const unknown = unknownMembers(kind, value);
  const refuse = (member: string): never => {
    throw new InputError(
      `${kind} ${name}: unknown member ${member} of ${what}; allowed: ${known.join(', ')}${didYouMean(member, known)}`,
    );
  };
  // A mistyped member before the missing one that it probably was meant to be.
  const mistyped = unknown.find((member) => didYouMean(member, known) !== '');
  if (mistyped !== undefined) refuse(mistyped);
  for (const [member, [check, wanted]] of Object.entries(shapes[kind])) {
    if (!check(members[member])) {
      throw new InputError(
        `${kind} ${name}: ${member} of ${what} is ${kindOf(members[member])}; it must be ${wanted}`,
      );
    }
  }
  if (unknown.length > 0) refuse(unknown[0]);
}

/** Other members of a `Measure`, which metrics of the program are made from. */
const OF_MEASURE = ['name', 'better', 'gated', 'keptPerTraining'];

/** A misspelt member that may be absent would count for nothing. Instances of classes may hold what they like. */
function unknownMembers(kind: ModuleKind, value: object): string[] {
  if (Object.getPrototypeOf(value) !== Object.prototype) return [];
  const known = [...Object.keys(shapes[kind]), ...(kind === 'metric' ? OF_MEASURE : [])];
  return Object.keys(value).filter((member) => !known.includes(member));
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'empty';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
