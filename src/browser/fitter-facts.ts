import { z } from 'zod';
import type { Fitter, Need } from '../contracts/fitter.ts';
import { needsOf } from '../plugins/needs-of.ts';
import { fitterNames, loadFitter } from './plugins/discover.ts';

/** A fitter as the page offers it. Plain data. */
export interface FitterFacts {
  readonly name: string;
  readonly label: string;
  readonly source: string;
  readonly trains: boolean;
  /** What it needs by its default settings. */
  readonly needs: readonly Need[];
  /** JSON Schema of its settings. */
  readonly settings: SettingsSchema;
}

export interface SettingsSchema {
  readonly properties?: Readonly<Record<string, SettingSchema>>;
}

/** The part of JSON Schema that forms are made of; other settings are written as YAML. */
export interface SettingSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The page has one engine. */
const FIXED = ['engine'];

/** Describes all fitters, in the order of their names. */
export const allFitters = (): Promise<readonly FitterFacts[]> => Promise.all(fitterNames().map(factsOf));

async function factsOf(name: string): Promise<FitterFacts> {
  const { value: fitter } = await loadFitter(name);
  return {
    name,
    label: fitter.label,
    source: fitter.source,
    trains: fitter.trains !== undefined && fitter.forAnyProtocol !== true,
    needs: needsOf(fitter, fitter.settings?.safeParse({}).data ?? {}),
    settings: schemaOf(fitter),
  };
}

function schemaOf({ settings }: Fitter): SettingsSchema {
  if (!settings) return {};
  const { properties = {} } = z.toJSONSchema(settings, {
    io: 'input',
    unrepresentable: 'any',
  }) as SettingsSchema;
  return {
    properties: Object.fromEntries(Object.entries(properties).filter(([key]) => !FIXED.includes(key))),
  };
}
