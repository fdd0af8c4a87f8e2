/** So many bytes of a file tell whether it is DICOM. */
export const DICOM_HEAD = 136;

/** Where files begin with a preamble, its end (PS3.10, 7.1). */
const PREAMBLE = 128;
const MAGIC = [...'DICM'].map((sign) => sign.charCodeAt(0));

/** Whether the first bytes of a file are those of DICOM: a preamble and DICM, or at once the first group of a data set. */
export function isDicom(head: Uint8Array): boolean {
  if (MAGIC.every((byte, i) => head[PREAMBLE + i] === byte)) return true;
  // Old files have no preamble: group 0002 or 0008, a low element, and a value representation or a short length.
  if (head.length < 8 || (head[0] !== 2 && head[0] !== 8) || head[1] !== 0 || head[3] !== 0) return false;
  const explicit = head[4] >= 0x41 && head[4] <= 0x5a && head[5] >= 0x41 && head[5] <= 0x5a;
  return explicit || (head[6] === 0 && head[7] === 0);
}
