import { describe, expect, it } from 'vitest';
import { document, flow, openShop } from './support/open-shop.js';
import { reportOf, runUnder } from './support/program.js';

const through = (shell: string) => ['sh', '-c', shell, 'sh'];
const verdict = { causes: [{ id: 'SVC-01' }] };

describe('standard input', () => {
  it.each([
    ['is closed', through('exec "$@" <&-')],
    ['is /dev/null', through('exec "$@" </dev/null')],
    ['is a pipe with words nobody asked for', through('printf "1\\ny\\n\\n" | "$@"')],
  ])('%s: the session runs as if --no-input were given', async (_, under) => {
    const shop = await openShop();
    const ran = await runUnder(under, ['run', '-o', 'json', ...flow, ...shop.access], shop.home);
    expect(ran).toMatchObject({ code: 3, stderr: '' });
    expect(reportOf(ran)).toMatchObject({ verdict });
  });

  it('is a pipe that stays open: nobody waits for it', async () => {
    const shop = await openShop();
    const begun = { env: shop.home.env, stdin: '', stdinStaysOpen: true };
    expect(await shop.say(['run', '-o', 'json', ...flow, ...shop.access], begun)).toMatchObject({ code: 3 });
  });

  it('cannot answer what is missing, so that is a mistake of usage', async () => {
    const shop = await openShop();
    const ran = await shop.say(['-o', 'json', ...shop.access], { stdin: 'pod/checkout\n' });
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringMatching(/--from and --to/) });
    expect(reportOf(ran).error?.code).toBe('UsageProblem');
  });
});

describe('standard output', () => {
  it.each([
    ['is a reader that takes one line', '{ "$@"; echo "code $?" >&2; } | head -n 1', '{\n'],
    ['is a reader that takes nothing', '{ "$@"; echo "code $?" >&2; } | :', ''],
    ['is closed', '"$@" >&-; echo "code $?" >&2', ''],
  ])('%s: the exit code is that of the verdict', async (_, shell, stdout) => {
    const shop = await openShop();
    const ran = await runUnder(through(shell), ['run', ...document, ...flow, ...shop.access], shop.home);
    expect(ran).toMatchObject({ stdout, stderr: 'code 3\n' });
    expect(await shop.verify()).toMatchObject({ code: 0 });
  });

  it('is a full disk: says so, and where the result is kept', async () => {
    const shop = await openShop();
    const ran = await runUnder(
      through('exec "$@" >/dev/full'),
      ['run', ...document, ...flow, ...shop.access],
      shop.home,
    );
    expect(ran).toMatchObject({
      stdout: '',
      stderr: expect.stringMatching(/^The result cannot be written \(.*ENOSPC.*session show/),
    });
    expect(ran.code).toBeGreaterThan(0);
    expect(await shop.verify()).toMatchObject({ code: 0 });
    expect(reportOf(await shop.say(['session', 'show', '1', '-o', 'json']))).toMatchObject({ verdict });
  });

  it.each([
    [{ NO_COLOR: '1' }],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }],
    [{ TERM: 'dumb' }],
    [{ TERM: 'xterm-256color', CI: 'true' }],
    [{ ACCESSIBLE: '1' }],
  ])('is a pipe: no escape codes with %o', async (more) => {
    const shop = await openShop();
    const ran = await shop.say(['run', ...flow, ...shop.access], { env: { ...shop.home.env, ...more } });
    expect(ran.code).toBe(3);
    expect(ran.stdout).toContain('SVC-01');
    expect(`${ran.stdout}${ran.stderr}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});
