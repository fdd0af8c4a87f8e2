import { PARAMETERS } from '../../contracts/voxels.ts';
import { paperClaims } from '../../tables/published/paper-claims.ts';
import { studyFitter } from '../../tables/published/study-fitters.ts';
import { nameOf } from '../../tables/reading/fitters-of.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { rmseLookup } from '../phrases/against-study.ts';
import { bestFitters } from '../phrases/best-fitters.ts';
import { snrWords, wordList } from '../phrases/lists-in-words.ts';

/** Which of the study's three methods has the lowest RMSE, per parameter and SNR? */
const lowestError: FindingOf = ({ rows, manifest }) => {
  const rmse = rmseLookup(rows);
  const three = [studyFitter(manifest, 'ls'), nameOf(manifest, 'map'), studyFitter(manifest, 'dnn')];
  const present = three.filter((fitter) => fitter !== undefined).filter((fitter) => rmse.has(fitter));
  const byStatement = new Map<string, string[]>();
  for (const parameter of PARAMETERS) {
    const complete = rmse.snrs.filter((snr) =>
      present.every((fitter) => Number.isFinite(rmse.at(fitter, parameter, snr))),
    );
    if (complete.length === 0) continue;
    const lowestAt = (snr: number) =>
      present.reduce((best, fitter) =>
        rmse.at(fitter, parameter, snr) < rmse.at(best, parameter, snr) ? fitter : best,
      );
    const statement = present
      .map((fitter) => ({ fitter, snrs: complete.filter((snr) => lowestAt(snr) === fitter) }))
      .filter(({ snrs }) => snrs.length > 0)
      .sort((a, b) => b.snrs.length - a.snrs.length)
      .map(({ fitter, snrs }) => `${fitter} ${snrWords(snrs, complete)}`)
      .join(', ');
    byStatement.set(statement, [...(byStatement.get(statement) ?? []), parameter]);
  }
  const sentences = [...byStatement].map(
    ([statement, parameters]) =>
      `Lowest RMSE of ${wordList(parameters)} among ${wordList(present)}: ${statement}.`,
  );
  return {
    reported: paperClaims.error.text,
    source: paperClaims.error.source,
    found: present.length < 3 ? [] : sentences,
    otherwise: 'This run does not have all of ls, map and dnn with the study’s settings.',
  };
};
export default {
  order: 1,
  against: 'paper',
  experiments: ['phantom'],
  find: lowestError,
  answer: ({ rows, manifest }) => bestFitters(rows, manifest),
} satisfies FindingSource;
