/**
 * Simulates the coverage of every 95 % interval that the program prints for studies of voxels, trainings and people, at the size
 * of the study, and writes the table into docs/statistics.md:
 *
 *     node --import tsx scripts/statistics/coverage.ts [studies]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import {
  coverageOf,
  studyOfPeople,
  studyOfRuns,
  studyOfTargets,
  studyOfVoxels,
} from './simulated-intervals.ts';

const FILE = new URL('../../docs/statistics.md', import.meta.url);
const [START, END] = ['<!-- coverage: scripts/statistics/coverage.ts -->', '<!-- end of coverage -->'];

const studies = Number(process.argv[2] ?? 4000);
const simulated = [
  studyOfVoxels(10_000),
  studyOfRuns(10, 50),
  studyOfPeople(10),
  studyOfTargets(60),
  studyOfTargets(10),
];
const lines = simulated.flatMap((study) =>
  [...coverageOf(study, study.name.includes('voxels') ? Math.min(studies, 2000) : studies, 2020)].map(
    ([name, share]) => {
      console.error(`${study.name}: ${name} ${(100 * share).toFixed(1)} %`);
      return `| ${study.name} | ${name} | ${study.methods[name]} | ${(100 * share).toFixed(1)} |`;
    },
  ),
);
const table = [
  '| study | statistic | interval | coverage (%) |',
  '| --- | --- | --- | ---: |',
  ...lines,
].join('\n');
const text = readFileSync(FILE, 'utf8');
const [from, to] = [text.indexOf(START) + START.length, text.indexOf(END)];
writeFileSync(FILE, `${text.slice(0, from)}\n\n${table}\n\n${text.slice(to)}`);
