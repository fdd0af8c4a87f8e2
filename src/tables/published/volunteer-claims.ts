/** What the study's abstract reports of its volunteers, as numbers: over all parameters of its network, in percent. */
export const volunteerClaims = {
  /** Intraclass correlation between the readers. The abstract does not say which form. */
  iccPercent: [50, 97],
  /** Coefficient of variation between subjects. */
  cvPercent: [9.2, 28.4],
} as const satisfies Record<string, readonly [number, number]>;
