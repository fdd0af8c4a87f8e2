/** Images of a case, by the suffix that their files have in BIDS. */
export const MODALITIES = ['T1w', 'T2w', 'adc'] as const;

/** `T1w` and `T2w` are weighted images in arbitrary units, `adc` is a map of the apparent diffusion coefficient. */
export type Modality = (typeof MODALITIES)[number];

/** The folder of a subject that holds a modality's file. */
export const folderOf = (modality: Modality): 'anat' | 'dwi' => (modality === 'adc' ? 'dwi' : 'anat');
