import { paperClaims } from '../../tables/published/paper-claims.ts';
import type { FindingOf } from './finding.ts';

/** Named so that nobody looks for it in vain. */
export const volunteers: FindingOf = () => ({
  reported: paperClaims.volunteers.text,
  source: paperClaims.volunteers.source,
  found: [],
  otherwise: 'Not reproduced: the volunteers’ images were never published.',
});
