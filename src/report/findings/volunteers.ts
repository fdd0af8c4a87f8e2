import { paperClaims } from '../../tables/published/paper-claims.ts';
import type { FindingOf, FindingSource } from '../finding.ts';

/** Named so that nobody looks for it in vain. */
const volunteers: FindingOf = () => ({
  reported: paperClaims.volunteers.text,
  source: paperClaims.volunteers.source,
  found: [],
  otherwise: 'Not reproduced: the volunteers’ images were never published.',
});
export default {
  order: 31,
  experiments: ['phantom'],
  unless: 'volunteers',
  find: volunteers,
} satisfies FindingSource;
