import { isMap, isNode, isScalar, isSeq, parseDocument, type Document, type Node, type YAMLMap } from 'yaml';
import { InputError } from '../contracts/input-error.ts';
import { didYouMean } from '../plugins/nearest-name.ts';
import type { YamlText } from './yaml-text.ts';

/** One `--set path=value`: the keys from the root, and the value parsed as YAML. */
export interface Setting {
  readonly text: string;
  readonly path: readonly string[];
  readonly value: Node | null;
}

/** @throws InputError if the text is not `path=value` with a valid YAML value */
export function parseSetting(text: string): Setting {
  const equals = text.indexOf('=');
  const path = text
    .slice(0, Math.max(equals, 0))
    .trim()
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.');
  if (equals < 0 || path.some((key) => key === '')) {
    throw new InputError(
      `--set ${text}: allowed: path=value, as in data.voxels=1000 or fitters.segmented.threshold=200`,
    );
  }
  const value = parseDocument(text.slice(equals + 1), { prettyErrors: false, logLevel: 'error' });
  const problem = value.errors[0] ?? value.warnings[0];
  if (problem)
    throw new InputError(`--set ${text}: the value is not valid YAML: ${problem.message.split('\n')[0]}`);
  return { text, path, value: value.contents };
}

/**
 * Sets a value in a config. Items of a list are addressed by their index, `name` or `use`; a fitter given as a name becomes a
 * mapping when one of its settings is set.
 * @throws InputError if the path leads through a value that has no keys
 */
export function applySetting(yaml: YamlText, setting: Setting): void {
  const { document } = yaml;
  const value = setting.value ?? document.createNode(null);
  let parent: unknown = document.contents;
  const done: string[] = [];
  for (const [depth, key] of setting.path.entries()) {
    const last = depth === setting.path.length - 1;
    const place = done.join('.') || 'the config';
    const refuse = (why: string) => new InputError(`--set ${setting.text}: ${place} ${why}`);
    if (isMap(parent)) {
      if (last) parent.set(key, value);
      else if (!parent.has(key)) parent.set(key, mapping(document, yaml, setting));
      parent = parent.get(key, true);
    } else if (isSeq(parent)) {
      const index = indexOf(parent.items, key);
      if (index === undefined) {
        const known = parent.items.flatMap(namesOf);
        const allowed = [`0 to ${parent.items.length - 1}`, ...known].join(', ');
        throw refuse(`has no item ${key}; allowed: ${allowed}${didYouMean(key, known)}`);
      }
      if (last) parent.set(index, value);
      else widen(document, parent.items, index);
      parent = parent.get(index, true);
    } else {
      throw refuse(`is a single value and has no key ${key}`);
    }
    done.push(key);
  }
  if (isNode(value)) yaml.attribute(value, `--set ${setting.text}`);
}

function mapping(document: Document, yaml: YamlText, setting: Setting): YAMLMap {
  const made = document.createNode({});
  yaml.attribute(made, `--set ${setting.text}`);
  return made;
}

function indexOf(items: readonly unknown[], key: string): number | undefined {
  if (/^\d+$/.test(key)) return Number(key) < items.length ? Number(key) : undefined;
  const index = items.findIndex((item) => namesOf(item).includes(key));
  return index < 0 ? undefined : index;
}

/** Names an item of a list: the item itself if it is a string, otherwise its `name` or `use`. */
function namesOf(item: unknown): string[] {
  if (isScalar(item)) return [String(item.value)];
  if (!isMap(item)) return [];
  const name = item.get('name') ?? item.get('use');
  return typeof name === 'string' ? [name] : [];
}

/** Turns `dnn` into `{ use: dnn }`, which can hold settings. */
function widen(document: Document, items: unknown[], index: number): void {
  const item = items[index];
  if (!isScalar(item) || typeof item.value !== 'string') return;
  const wide = document.createNode({ use: item.value }) as YAMLMap;
  wide.range = item.range;
  items[index] = wide;
}
