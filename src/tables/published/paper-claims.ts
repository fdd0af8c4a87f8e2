/** What the study reports, and what its code gives, that a run can be held against. Facts with their source. */
export const paperClaims = {
  error: {
    text: 'On simulated data the network has the lowest error of three methods: least squares, Bayesian, network.',
    source: 'Barbieri et al., Magn Reson Med 2020;83:312–321, abstract',
  },
  time: {
    text: 'The network is several orders of magnitude faster than least squares and the Bayesian fit.',
    source: 'Barbieri et al. 2020, abstract',
  },
  leastSquares: {
    text: 'Least squares with SciPy’s curve_fit, as in the study’s code: RMSE on its ten test sets (table below).',
    source: 'the study’s published code, run on the voxels of its seeds',
  },
  floor: {
    text: 'The Bayes floor: the posterior mean under the distribution of the simulation, with the noise level known. No method has a lower error on average.',
    source: 'computed by quadrature on the study’s ten test sets',
  },
  /** RMSE of the study's network at SNR 20 over seeds, trained on 100,000 voxels; D and Dp in mm²/s. */
  network: {
    text: 'The study’s network, trained from several seeds, has an RMSE at SNR 20 of 0.19–0.45 for D, 0.060–0.080 for f and 21–29 for Dp (D and Dp in 10⁻³ mm²/s).',
    source: 'the study’s published code, trained on 100,000 voxels',
    snr: 20,
    range: { D: [1.9e-4, 4.5e-4], f: [0.06, 0.08], Dp: [0.021, 0.029] },
  },
  volunteers: {
    text: 'In volunteers, two readers agree with an ICC of 50–97 % and subjects differ by a CV of 9.2–28.4 %.',
    source: 'Barbieri et al. 2020, abstract',
  },
  readers: {
    text: 'In volunteers, two readers agree with an ICC of 50–97 % on the network’s parameters.',
    source: 'Barbieri et al. 2020, abstract; the form of ICC is not named there, ICC(2,1) is shown here',
  },
  subjects: {
    text: 'In volunteers, the network’s parameters differ between subjects by a CV of 9.2–28.4 %.',
    source: 'Barbieri et al. 2020, abstract',
  },
} as const;
