import type { ParameterName } from '../../contracts/voxels.ts';

type PerParameter = Readonly<Record<ParameterName, number>>;

/** What is published of one network. */
export interface PublishedNetwork {
  readonly name: string;
  /** CV_NET: spread over fifty trainings. */
  readonly cvNet: PerParameter;
  readonly nrmse: PerParameter;
  /** Spearman's correlation of Dp and f. */
  readonly rankCorrelation: number;
}

/** Kaandorp et al., Magn Reson Med 2021;86:2250-2265, abstract: simulations at SNR 20, fifty trainings. */
export const KAANDORP_SNR = 20;

/** The network of the study, which is called "orig" there, and the one that is proposed instead. */
export const kaandorpNetworks: readonly PublishedNetwork[] = [
  {
    name: 'IVIM-NET orig (published)',
    cvNet: { D: 0.104, f: 0.054, Dp: 0.11 },
    nrmse: { D: 0.196, f: 0.267, Dp: 0.393 },
    rankCorrelation: 0.74,
  },
  {
    name: 'IVIM-NET optim (published)',
    cvNet: { D: 0.013, f: 0.02, Dp: 0.036 },
    nrmse: { D: 0.177, f: 0.22, Dp: 0.386 },
    rankCorrelation: 0.22,
  },
];
