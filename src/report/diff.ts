const CONTEXT = 2;
const LONGEST = 40;

/**
 * The lines in which two texts differ, as one hunk: what they begin and end with alike is left out but for a little
 * context. Linear in the size of the texts.
 */
export function diff(path: string, found: string, wanted: string): string {
  const [before, after] = [found.split('\n'), wanted.split('\n')];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) {
    endBefore--;
    endAfter--;
  }
  const from = Math.max(0, start - CONTEXT);
  const lines = [
    `--- ${path}`,
    `+++ ${path} (as it should be)`,
    `@@ line ${from + 1} @@`,
    ...before.slice(from, start).map((line) => ` ${line}`),
    ...cut(before.slice(start, endBefore).map((line) => `-${line}`)),
    ...cut(after.slice(start, endAfter).map((line) => `+${line}`)),
    ...after.slice(endAfter, endAfter + CONTEXT).map((line) => ` ${line}`),
  ];
  return `${lines.join('\n')}\n`;
}

function cut(lines: readonly string[]): readonly string[] {
  const short = lines.map((line) => (line.length > 200 ? `${line.slice(0, 200)}…` : line));
  if (short.length <= LONGEST) return short;
  return [...short.slice(0, LONGEST), `${lines[0]![0]}… ${short.length - LONGEST} more lines`];
}
