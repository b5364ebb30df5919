// `busproof check` on MangaAssist, from the start of the process to its end: CPU seconds, user and system.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const rounds = 5;

/** CPU seconds of a child process, as the operating system counted them. */
function cpuOf(line) {
  const shell = spawnSync('bash', ['-c', '"$0" "$@" > /dev/null 2>&1; times', process.execPath, ...line], {
    cwd: root,
    encoding: 'utf8',
  });
  const [, children = ''] = shell.stdout.trim().split('\n');
  return children
    .split(' ')
    .map((part) => /(\d+)m([\d.]+)s/.exec(part))
    .reduce((sum, match) => sum + Number(match?.[1] ?? 0) * 60 + Number(match?.[2] ?? 0), 0);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const node = median(Array.from({ length: rounds }, () => cpuOf(['-e', '0'])));
console.log(`node that does nothing    ${node.toFixed(2)} s CPU`);
for (const folder of ['before', 'after']) {
  const line = ['dist/bin/main.js', 'check', `examples/mangaassist/${folder}`];
  const cpu = median(Array.from({ length: rounds }, () => cpuOf(line)));
  console.log(
    `check mangaassist/${folder.padEnd(8)} ${cpu.toFixed(2)} s CPU (goal: under 1), ${(cpu / node).toFixed(0)} × node alone`,
  );
}
