import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complaintsIn } from '../../../src/parse/ingress/controller-log.js';
import { recorded } from '../recorded.js';

const log = recorded('ingress-nginx', 'error');
const [, year, month, day, hour, minute] = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d)/.exec(log) ?? [];
const now = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute) + 2);
const about = (host: string) => ({ now, since: now - 600_000, host, objects: [] });
const what = (host: string) => complaintsIn(log, about(host)).complaints.map((one) => one.what);

describe('the log of a controller', () => {
  it('tells the complaint of each host from those of the others', () => {
    expect(what('refused.shop.example')).toContain('connect-refused');
    expect(what('refused.shop.example')).not.toContain('read-times-out');
    expect(what('slow.shop.example')).toContain('read-times-out');
  });

  it('counts the lines and quotes the last of them', () => {
    const found = complaintsIn(log, about('refused.shop.example')).complaints.find(
      (one) => one.what === 'connect-refused',
    );
    expect(found?.times).toBeGreaterThan(0);
    expect(found?.line).toContain('111: Connection refused');
  });

  it('knows nothing of a window that is over', () =>
    expect(complaintsIn(log, { ...about('refused.shop.example'), since: now + 1 }).complaints).toEqual([]));

  it('takes any text in linear time', () => {
    const torn = fc.tuple(fc.nat(log.length), fc.nat(400), fc.string()).map(([at, length, more]) => {
      const part = log.slice(at, at + length);
      return `${part}${more}${part}`;
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), torn), (text) => {
        expect(complaintsIn(text, about('any.example')).complaints.length).toBeLessThan(20);
      }),
    );
    const started = performance.now();
    complaintsIn(`2026/11/21 18:00:00 [error] ${'connect() to '.repeat(50_000)}`, about('any.example'));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
