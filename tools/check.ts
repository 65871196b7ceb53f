import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const bin = (name: string, ...args: string[]) => ({
  name: [name, ...args].join(' '),
  command: `node_modules/.bin/${name}`,
  args,
});

/** What has to hold before anything is committed, cheapest first. */
const checks = [
  bin('tsc'),
  bin('biome', 'check', '--error-on-warnings', '.'),
  bin('oxlint', '--type-aware', '--deny-warnings'),
  bin('knip'),
  bin('jscpd', 'src', 'lab', 'tools', '--silent', '--exitCode', '1'),
  bin('vitest', 'run', '--project', 'unit', 'test/contract'),
];

/** npm drops optional packages that a registry does not have, without a word, and then `npm ci` fails everywhere. */
const lockGaps = () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  return Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter(
      (name) => !lock.packages[`node_modules/${name}`] && !lock.packages[`${path}/node_modules/${name}`],
    ),
  );
};

let failed = 0;
const tell = (name: string, ok: boolean, output = '') => {
  process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${name}\n${ok ? '' : `${output}\n`}`);
  if (!ok) failed += 1;
};

const gaps = lockGaps();
tell('package-lock.json is complete', gaps.length === 0, gaps.join('\n'));
for (const { name, command, args } of checks) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 << 20 });
  tell(name, status === 0, `${stdout}${stderr}`);
}
process.exit(failed === 0 ? 0 : 1);
