const LONGEST = 40;

/**
 * The lines in which two texts differ, as one hunk: what they begin and end with alike is left out but for a little
 * context. Linear in the size of the texts.
 */
export function diff(path: string, found: string, wanted: string): string {
  const { from, before, removed, added, after } = hunk(found, wanted, 2);
  const lines = [
    `--- ${path}`,
    `+++ ${path} (as it should be)`,
    `@@ line ${from + 1} @@`,
    ...before,
    ...cut(removed),
    ...cut(added),
    ...after,
  ];
  return `${lines.join('\n')}\n`;
}

/** The same as a unified diff, whole, as `patch` and `git apply` read it. */
export function patch(path: string, found: string, wanted: string): string {
  const { from, before, removed, added, after } = hunk(found, wanted, 3);
  const context = before.length + after.length;
  const range = (changed: readonly string[]): string => `${from + 1},${context + changed.length}`;
  const head = [`--- a/${path}`, `+++ b/${path}`, `@@ -${range(removed)} +${range(added)} @@`];
  return `${[...head, ...before, ...removed, ...added, ...after].join('\n')}\n`;
}

function hunk(found: string, wanted: string, around: number) {
  const [before, after] = [linesOf(found), linesOf(wanted)];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) {
    endBefore--;
    endAfter--;
  }
  const from = Math.max(0, start - around);
  return {
    from,
    before: before.slice(from, start).map((line) => ` ${line}`),
    removed: before.slice(start, endBefore).map((line) => `-${line}`),
    added: after.slice(start, endAfter).map((line) => `+${line}`),
    after: after.slice(endAfter, endAfter + around).map((line) => ` ${line}`),
  };
}

/** Without a last empty line, which is none; a last line that does not end says so, as diffs do. */
function linesOf(text: string): string[] {
  const lines = text.split('\n');
  const last = lines.pop()!;
  return last === '' ? lines : [...lines, `${last}\n\\ No newline at end of file`];
}

function cut(lines: readonly string[]): readonly string[] {
  const short = lines.map((line) => (line.length > 200 ? `${line.slice(0, 200)}…` : line));
  if (short.length <= LONGEST) return short;
  return [...short.slice(0, LONGEST), `${lines[0]![0]}… ${short.length - LONGEST} more lines`];
}
