/** Scans that come with the page. `scripts/build-page.mjs` copies their folders from `examples/`. */
export const EXAMPLES = [
  {
    title: 'Spinal cord at 7 T',
    text: 'A person, 128 × 134 × 6 voxels, 11 b-values from 5 to 800 s/mm² (Simon Lévy, MIT licence)',
    files: ['dwi.nii.gz', 'dwi.bval', 'cord.nii.gz'].map((file) => `examples/spinal-cord-7t/${file}`),
  },
  {
    title: 'Virtual volunteer',
    text: 'An abdomen with known tissue, 40 × 30 × 4 voxels, 8 b-values up to 1000 s/mm²',
    files: ['dwi.nii.gz', 'dwi.bval', 'mask.nii.gz'].map((file) => `examples/scan/${file}`),
  },
] as const;
