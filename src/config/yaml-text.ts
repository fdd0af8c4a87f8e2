import { existsSync, statSync } from 'node:fs';
import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isSeq,
  LineCounter,
  isScalar,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLWarning,
  type Document,
  type Node,
} from 'yaml';
import { InputError } from '../contracts/input-error.ts';
import { readInput } from '../files/read-input.ts';
import { absence, brokenLinkIn } from '../files/reason.ts';

const LARGEST_BYTES = 1_000_000;
const MOST_ALIASES = 100;

/** A YAML file, with functions that locate values in it. */
export interface YamlText {
  readonly file: string;
  readonly document: Document;
  /** Returns `file:line:column` of the value at `path`, or of the nearest existing value around it. */
  where(path: readonly PropertyKey[], atKey?: boolean): string;
  /** Returns `file:line:column` of a character. */
  readonly at: (offset: number) => string;
  /** Marks the values at `node` as coming from elsewhere, such as the command line. */
  attribute(node: Node, origin: string): void;
}

/**
 * Reads and parses a YAML file.
 * @throws InputError if it can't be read, is not UTF-8, is empty or is not valid YAML
 */
export async function readYaml(file: string): Promise<YamlText> {
  const text = await readText(file);
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  let document: Document;
  try {
    // The library's own warnings would reach the terminal as they are.
    const quiet = { prettyErrors: false, logLevel: 'error' } as const;
    document = parseDocument(text, { ...quiet, lineCounter: lines, uniqueKeys: false });
  } catch (error) {
    throw new InputError(`${file}: not valid YAML: ${(error as Error).message}`, { cause: error });
  }
  const problems = document.errors.length > 0 ? document.errors : document.warnings;
  if (problems.length > 0) {
    // Only the first error of a line: it usually causes the others.
    const lineOf = (problem: YAMLError | YAMLWarning) => lines.linePos(problem.pos[0]).line;
    const first = problems.filter((problem, i) => i === 0 || lineOf(problem) !== lineOf(problems[i - 1]));
    throw new InputError(
      first.map((problem) => `${at(problem.pos[0])}: not valid YAML: ${oneLine(problem.message)}`),
    );
  }
  refuseRepeatedKeys(document, at);
  if (!isMap(document.contents)) {
    const found =
      document.contents === null ? 'nothing' : isSeq(document.contents) ? 'a list' : 'a single value';
    throw new InputError(`${file}:1:1: found ${found}; allowed: a mapping of keys to values`);
  }
  const origins = new WeakMap<Node, string>();
  return {
    file,
    document,
    at,
    attribute: (node, origin) => void origins.set(node, origin),
    where: (path, atKey = false) => where(document, path, atKey, at, origins) ?? file,
  };
}

/**
 * Returns the plain value of a document.
 * @throws InputError if aliases expand excessively, or a key is not allowed in a config
 */
export function plainValue({ document, file, at }: YamlText): unknown {
  visit(document, {
    Pair(_, { key }) {
      // JavaScript objects would silently drop it, so it would not be reported as unknown.
      if ((isScalar(key) ? key.value : key) === '__proto__')
        throw new InputError(`${file}: unknown key __proto__`);
    },
    Alias(_, alias, path) {
      const target = alias.resolve(document);
      if (target && path.includes(target))
        throw new InputError(
          `${at(alias.range?.[0] ?? 0)}: the alias *${alias.source} stands inside what it refers to`,
        );
    },
  });
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    throw new InputError(
      `${file}: ${oneLine((error as Error).message)}; allowed: up to ${MOST_ALIASES} aliases`,
      {
        cause: error,
      },
    );
  }
}

async function readText(file: string): Promise<string> {
  if (!existsSync(file)) {
    const nowhere = brokenLinkIn(file) === undefined ? 'there is no such file' : absence(file);
    throw new InputError(`${file}: ${nowhere}`);
  }
  if (statSync(file).isDirectory()) throw new InputError(`${file}: found a folder; allowed: a YAML file`);
  const bytes = await readInput(file, LARGEST_BYTES);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new InputError(`${file}: found bytes that are not UTF-8; allowed: text in UTF-8`, { cause: error });
  }
  if (text.trim() === '') throw new InputError(`${file}: the file is empty; allowed: a YAML config`);
  return text;
}

function where(
  document: Document,
  path: readonly PropertyKey[],
  atKey: boolean,
  at: (offset: number) => string,
  origins: WeakMap<Node, string>,
): string | undefined {
  let node: unknown = document.contents;
  let offset = 0;
  for (const [depth, key] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (!isCollection(node)) break;
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => String(isNode(item.key) ? item.key.toJSON() : item.key) === String(key),
      );
      if (!pair) break;
      if (atKey && depth === path.length - 1) {
        const written = isNode(pair.key) ? pair.key : undefined;
        const origin = isNode(pair.value) ? origins.get(pair.value) : undefined;
        return origin ?? (written?.range ? at(written.range[0]) : at(offset));
      }
      next = pair.value;
    } else {
      next = node.items[Number(key)];
    }
    if (!isNode(next)) break;
    const origin = origins.get(next);
    if (origin !== undefined) return origin;
    if (next.range) offset = next.range[0];
    node = next;
  }
  return at(offset);
}

/** The parser compares every key with every other, which takes minutes for a mapping of 60,000 keys. */
function refuseRepeatedKeys(document: Document, at: (offset: number) => string): void {
  const faults: string[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value))
          faults.push(
            `${at(key.range?.[0] ?? 0)}: found the key ${String(key.value)} a second time; allowed: each key once`,
          );
        seen.add(key.value);
      }
    },
  });
  if (faults.length > 0) throw new InputError(faults.slice(0, MOST_FAULTS));
}

const MOST_FAULTS = 20;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
