import { stringify } from 'yaml';
import { duration } from '../../wording/duration.ts';
import type { RunManifest, StoredRun } from '../../contracts/stored-run.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import { escapeHtml } from './html.ts';

/** The machine, the versions and the config of a run, so that anyone can repeat it. */
export function environmentSection({ manifest, notes }: StoredRun): string {
  const facts = environmentFacts(manifest).map(
    ([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${folded(value)}</dd>`,
  );
  const told = notes.flatMap(({ cell, notes: lines }) =>
    lines.map((line) => `<li><span class="cell">${escapeHtml(cell)}</span> ${escapeHtml(line)}</li>`),
  );
  const rest = told.length > LISTED ? `<p>The first ${LISTED} of ${told.length}; all are in cells/.</p>` : '';
  const notesPart =
    told.length > 0
      ? `<h3 id="notes">Notes from the run</h3>${rest}<ul class="notes">${told.slice(0, LISTED).join('')}</ul>`
      : '';
  const config = `<details><summary>The complete config, as it was run</summary><pre>${escapeHtml(stringify(manifest.config))}</pre></details>`;
  return `<section id="environment"><h2>Environment</h2><dl class="facts">${facts.join('')}</dl>${notesPart}${config}</section>`;
}

/** Of more notes the first ones are shown. */
const LISTED = 500;
/** Longer texts are folded behind their beginning: a study of many trainings has a seed for each. */
const LONGEST = 400;

function folded(value: string): string {
  if (value.length <= LONGEST) return escapeHtml(value);
  const end = value.lastIndexOf(', ', LONGEST / 4);
  return `<details><summary>${escapeHtml(value.slice(0, end))}, …</summary>${escapeHtml(value.slice(end + 2))}</details>`;
}

function environmentFacts(manifest: RunManifest): [string, string][] {
  const { machine, engine, git, seeds, versions, cells } = manifest;
  return [
    ['CPU', `${machine.cpu}, ${plural(machine.cores, 'core')}`],
    ['Memory', `${numberText(machine.memoryGiB, 3)} GiB`],
    ['System', machine.os],
    ['Workers', String(manifest.workers)],
    ...(engine === undefined
      ? []
      : [['Network engine', `${engine.name}: ${engine.reason}`] as [string, string]]),
    ['Versions', pairs(versions)],
    [
      'Git commit',
      git === null ? 'not a checkout' : git.commit + (git.dirty ? ', with uncommitted changes' : ''),
    ],
    ['Config hash', manifest.configHash],
    ['Seeds', pairs(seeds)],
    ['Started', time(manifest.started)],
    [
      'Ended',
      manifest.ended === null
        ? 'not yet'
        : `${time(manifest.ended)} (${took(manifest.started, manifest.ended)})`,
    ],
    ['Cells', `${cells.done} of ${cells.planned} done, ${cells.failed.length} failed`],
  ];
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

const pairs = (record: Readonly<Record<string, string | number>>): string =>
  Object.entries(record)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ') || 'none';

const time = (iso: string): string => iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');

function took(from: string, to: string): string {
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return seconds >= 0 ? duration(seconds) : 'duration unknown';
}
