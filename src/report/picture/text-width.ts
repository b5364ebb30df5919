/** Widths of letters in Helvetica and its likes, in parts of the font size; what is not listed is 0.56. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/[ijl.,:;|'!()[\]{}]/, 0.29],
  [/[ ftr/\-*"]/, 0.36],
  [/[mMW@%…→]/, 0.9],
  [/[w]/, 0.74],
  [/[A-Z_&#$<>=+~]/, 0.68],
  [/[\u1100-\uffff]/, 1.05],
];

/** About how wide a text is drawn, in the unit of the font size: no font is at hand where a picture is laid out. */
export function textWidth(text: string, size: number): number {
  let sum = 0;
  for (const letter of text) sum += widths.find(([letters]) => letters.test(letter))?.[1] ?? 0.56;
  return sum * size;
}
