import { paperClaims } from '../../tables/published/paper-claims.ts';
import type { FindingOf, FindingSource } from '../finding.ts';

/** Listed because readers of the study would look for it. */
const volunteers: FindingOf = () => ({
  reported: paperClaims.volunteers.text,
  source: paperClaims.volunteers.source,
  found: [],
  otherwise: 'Not reproduced: the volunteers’ images were never published.',
});
export default {
  order: 31,
  against: 'paper',
  experiments: ['phantom'],
  unless: 'volunteers',
  find: volunteers,
} satisfies FindingSource;
