import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../commands/command-line.ts';

/** A command that a page tells a reader to type. */
export interface DocumentedCommand {
  readonly page: string;
  readonly text: string;
  /** In the root of the clone, or next to scans of one's own where the package is installed (a block marked `sh scans`). */
  readonly place: 'clone' | 'scans';
}

/** Pages with commands: README.md, CONTRIBUTING.md, docs/ and the READMEs of examples/. */
export function pages(): string[] {
  const inFolder = (folder: string, wanted: RegExp) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => wanted.test(file))
      .map((file) => `${folder}/${file}`);
  return [
    'README.md',
    'CONTRIBUTING.md',
    ...inFolder('docs', /\.md$/).sort(),
    ...inFolder('examples', /README\.md$/).sort(),
  ];
}

/** A block of code, with the words after its backticks. */
export interface Block {
  readonly language: string;
  readonly info: string;
  readonly code: string;
}

const BLOCK = /^```(\S*) ?(.*)\n([\s\S]*?)^```$/gm;

export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(BLOCK)].map(([, language, info, code]) => ({ language, info, code }));
}

/** What a line begins with that is typed into a shell. */
export const TYPED = /^(npx|npm|ivim-bench|node|scripts\/\w|python3? |tsc |git |apt-get)\b/;

/** The commands of `sh` blocks, `run:` steps of workflows, and commands in running text, in the order of the page. */
export function commandsOf(page: string): DocumentedCommand[] {
  const text = readFileSync(join(root, page), 'utf8');
  const found: (DocumentedCommand & { at: number })[] = [];
  const add = (at: number, command: string, place: DocumentedCommand['place']) => {
    for (const part of command.split(' && ')) found.push({ page, text: part.trim(), place, at });
  };
  for (const block of text.matchAll(BLOCK)) {
    const [, language, info, code] = block;
    if (language === 'sh') {
      for (const line of code
        .replaceAll(/\\\n\s*/g, '')
        .trim()
        .split('\n')) {
        add(block.index, line.replace(/\s+# .*$/, ''), info === 'scans' ? 'scans' : 'clone');
      }
    }
    for (const [, step] of code.matchAll(/^\s*- run: (.*)$/gm)) add(block.index, step, 'scans');
  }
  const running = text.replaceAll(BLOCK, (block) => ' '.repeat(block.length));
  for (const inline of running.matchAll(/`([^`]+)`/g)) {
    const command = inline[1].replaceAll(/\s+/g, ' ');
    if (TYPED.test(command) && !isName(command)) add(inline.index, command, 'clone');
  }
  return found.sort((a, b) => a.at - b.at).map(({ page, text, place }) => ({ page, text, place }));
}

/** The name of a command alone, as in "`npx ivim-bench` runs the clone" or "with `ivim-bench train`". */
const isName = (words: string): boolean =>
  /^(npx|npm|node|(npx )?ivim-bench( [a-z-]+)?)$/.test(words) && !/ (schema|--help)$/.test(words);
