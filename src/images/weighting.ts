/** Weighted images that are given beside a perfusion image, by the suffix that their files have in BIDS. */
export const WEIGHTINGS = ['PDw', 'T2w', 'T1w', 'FLAIR'] as const;
export type Weighting = (typeof WEIGHTINGS)[number];
