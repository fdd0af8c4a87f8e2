/** The densities the study's own voxels give. */
export const studyPrior = {
  Dp: { median: 0.04253754581633273, sigma: 1.0072357422074274 },
  D: { median: 0.0010282528600798425, sigma: 0.5505177485674959 },
  f: { a: 2.359864887898755, b: 5.8660537921807885 },
};
