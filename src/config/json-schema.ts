import { z } from 'zod';
import {
  experimentNames,
  fitterNames,
  loadExperiment,
  loadFitter,
  protocolNames,
} from '../plugins/discover.ts';
import { ExternalKeys } from '../external/settings.ts';
import { studyHead } from './load-config.ts';
import { FitterKeys } from './sections/fitters.ts';

type Schema = Record<string, unknown>;

/**
 * The JSON Schema of configs, draft 2020-12: one alternative per experiment, and for `fitters` one per fitter with its
 * settings. Rules between keys (b-values in ascending order, each name once) are left to `validate`.
 */
export async function configJsonSchema(): Promise<Schema> {
  const head = standalone(studyHead().omit({ experiment: true }));
  const definitions: Schema = {};
  const fitter = await fitterSchema();
  const alternatives = [];
  for (const name of experimentNames()) {
    const { value } = await loadExperiment(name);
    const { $defs = {}, ...asked } = standalone(value.schema) as Schema & { $defs?: Schema };
    Object.assign(definitions, $defs, { Fitter: fitter });
    alternatives.push({
      ...asked,
      title: value.label,
      description: value.question,
      properties: {
        experiment: { const: name },
        ...(head['properties'] as Schema),
        ...(asked['properties'] as Schema),
      },
      required: ['experiment', ...((asked['required'] as string[] | undefined) ?? [])],
    });
  }
  nameProtocols(definitions['Protocol'] as Schema | undefined);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'ivim-bench study',
    ...(alternatives.length === 1 ? alternatives[0] : { type: 'object', anyOf: alternatives }),
    $defs: definitions,
  };
}

/** A fitter by name, by path, with settings (those of the named one), or a program. */
async function fitterSchema(): Promise<Schema> {
  const names = fitterNames();
  const path = {
    type: 'string',
    pattern: PATH,
    description: 'path of a file that defines a fitter, relative to this file',
  };
  const keys = standalone(FitterKeys)['properties'] as Schema;
  const withSettings = [];
  for (const name of names) {
    const { value } = await loadFitter(name);
    const settings = value.settings ? standalone(value.settings) : {};
    withSettings.push({
      type: 'object',
      description: `${value.label}. ${value.source}`,
      properties: { ...keys, use: { const: name }, ...(settings['properties'] as Schema | undefined) },
      required: ['use', ...((settings['required'] as string[] | undefined) ?? [])],
      additionalProperties: false,
    });
  }
  return {
    anyOf: [
      { enum: names },
      path,
      ...withSettings,
      { type: 'object', properties: { ...keys, use: path }, required: ['use'] },
      {
        ...standalone(ExternalKeys),
        description:
          'A program in any language; docs/external-fitters.md describes its input and output files.',
      },
    ],
  };
}

const PATH = '[\\\\/]|\\.[cm]?[jt]s$';

function standalone(schema: z.core.$ZodType): Schema {
  const made = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => finite(jsonSchema),
  }) as Schema;
  delete made['$schema'];
  return made;
}

/** Adds the names of protocols to the schema, so that editors can complete them, next to paths. */
function nameProtocols(protocol: Schema | undefined): void {
  if (!protocol) return;
  const options = (protocol['anyOf'] as Schema[]).filter(({ type }) => type !== 'string');
  const path = {
    type: 'string',
    pattern: '[\\\\/]|\\.ya?ml$',
    description: 'path of a file that defines a protocol, relative to this file',
  };
  protocol['anyOf'] = [{ enum: protocolNames() }, path, ...options];
}

/** JSON has no infinity: such a bound is omitted. */
function finite(schema: Schema): void {
  for (const key of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']) {
    if (key in schema && !Number.isFinite(schema[key])) delete schema[key];
  }
}
