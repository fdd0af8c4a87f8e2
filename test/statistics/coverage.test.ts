import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  coverageOf,
  studyOfPeople,
  studyOfRuns,
  studyOfTargets,
  studyOfVoxels,
} from '../../scripts/statistics/simulated-intervals.ts';

const test = suite('statistics: coverage of intervals');

/**
 * The intervals are to hold the truth in 93 to 97 % of studies (docs/statistics.md, from thousands of studies). So few as here
 * give a share within 4 binomial standard deviations of that range.
 */
const STUDIES = 250;
const slack = (level: number) => 4 * Math.sqrt((level * (1 - level)) / STUDIES);
const [LEAST, MOST] = [0.93 - slack(0.93), 0.97 + slack(0.97)];

for (const study of [studyOfPeople(10), studyOfRuns(10, 20), studyOfTargets(60), studyOfVoxels(1000)]) {
  test(`${study.name}: every interval holds the truth as often as it says`, () => {
    for (const [name, share] of coverageOf(study, STUDIES, 7)) {
      assert.ok(share > LEAST && share <= Math.min(1, MOST), `${name}: ${share}`);
    }
  });
}

test.run();
