import { startDcm2niix } from '../../src/dicom/dcm2niix.ts';

/** Why tests of DICOM are left out; undefined where the optional package is installed. */
export const NO_DCM2NIIX: string | undefined = await startDcm2niix(() => {}).then(
  () => undefined,
  () => '@niivue/dcm2niix is not installed',
);
