/**
 * Root-mean-square error of arterial spin labelling against the mean of six repetitions, in per cent: of one repetition, and of the image
 * that a network made of it with proton-density- and T2-weighted images, as the review reports it (Zaharchuk G, Gong E, Wintermark M, Rubin D,
 * Langlotz CP. Deep learning in neuroradiology. AJNR 2018;39:1776).
 */
export const ZAHARCHUK_2018 = { one: 29.3, network: 10.8 } as const;
