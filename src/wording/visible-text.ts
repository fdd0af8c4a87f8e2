/**
 * Text with every character that would steer a terminal, or reorder what it shows, written as an escape: `\x1b`, `\u202e`.
 * Line feeds and tabs stay. Names, titles, file contents and what other programs print may hold such characters.
 *
 * Covered are the C0 and C1 controls and DEL, with which all control sequences begin (ECMA-48), the bidirectional controls of
 * Unicode, its line and paragraph separators, and halves of surrogate pairs.
 */
export const visibleText = (text: string): string => text.replace(UNSEEN, escaped);

/** The same on one line: line breaks and the white space around them become a space, and so do tabs. */
export const oneLine = (text: string): string =>
  visibleText(text.trimEnd().replace(/[^\S\n]*\r?\n\s*|\t/g, ' '));

/**
 * What a program printed, without the colours and titles it set: complete control sequences are left out, what remains of others
 * is escaped.
 */
export const printedText = (text: string): string => visibleText(text.replace(SEQUENCES, ''));

function escaped(sign: string): string {
  const code = sign.charCodeAt(0);
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

// Their purpose is to find control characters.
/* oxlint-disable no-control-regex */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\p{Bidi_Control}\p{Cs}]/gu;
/**
 * ECMA-48 (5th edition): control sequences (5.4), control strings such as a window's title (5.6), which end with ST or, by custom,
 * BEL, and escape sequences of two or more characters (5.3).
 */
const SEQUENCES =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[PX\]^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]+[0-~]|\u001b[0-OQ-WYZ\\`-~]/g;
/* oxlint-enable no-control-regex */
