// Checks MangaAssist as it was before the incident, then as it is after the fix, and says whether both came out as
// they should: findings before, none after.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

function check(folder) {
  console.log(`\n$ busproof check ${folder}\n`);
  const line = ['dist/bin/main.js', 'check', folder];
  return spawnSync(process.execPath, line, { cwd: root, stdio: 'inherit' }).status;
}

const before = check('examples/mangaassist/before');
const after = check('examples/mangaassist/after');
console.log(`\nbefore the incident: exit code ${before}; after the fix: exit code ${after}`);
process.exitCode = before === 1 && after === 0 ? 0 : 1;
