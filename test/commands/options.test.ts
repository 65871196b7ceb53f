import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageProblem } from '../../src/commands/io.js';
import { commonSchema, durationSchema, readOptions, sessionSchema, sinceSchema } from '../../src/commands/options.js';

describe('the time since when it is broken', () => {
  it.each([
    ['2026-11-20T01:58Z', { at: Date.parse('2026-11-20T01:58:00Z') }],
    ['2026-11-20T09:58:30+08:00', { at: Date.parse('2026-11-20T01:58:30Z') }],
    ['40m', { ago: 2_400_000 }],
  ])('%s', (text, since) => expect(sinceSchema.parse(text)).toEqual(since));

  it.each(['2026-11-20T01:58', '2026-13-20T01:58Z', 'yesterday', ''])('is not %j', (text) => {
    expect(sinceSchema.safeParse(text).success).toBe(false);
  });
});

describe('a duration', () => {
  it.each([
    ['10s', 10_000],
    ['10', 10_000],
    ['500ms', 500],
    ['1.5s', 1_500],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['0', 0],
  ])('%s', (text, milliseconds) => expect(durationSchema.parse(text)).toBe(milliseconds));

  it.each(['', 's', '-1s', '10 s', '1d', '1e3', 'ten', '10s 5s', 'Infinity', '0x10'])('is not %j', (text) => {
    expect(durationSchema.safeParse(text).success).toBe(false);
  });

  it('is never anything but a whole number of milliseconds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{1,4}(\.\d{1,3})?(ms|s|m|h)?$/)), (text) => {
        const result = durationSchema.safeParse(text);
        if (result.success) expect(Number.isSafeInteger(result.data) && result.data >= 0).toBe(true);
      }),
    );
  });
});

describe('readOptions', () => {
  it('knows a default for everything', () => {
    expect(readOptions(sessionSchema, {})).toMatchObject({
      ...{
        level: 'observe',
        pace: 'auto',
        input: true,
        output: 'human',
        runbook: [],
        failOn: 'fail',
        redact: 'default',
      },
      ...{ lang: 'auto', ui: 'auto', color: 'auto', theme: 'default', motion: true, ascii: false },
    });
  });

  it.each([
    ['level', 'change', '--level'],
    ['level', 'root', '--level'],
    ['output', 'xml', '--output'],
    ['checkTimeout', 'soon', '--check-timeout: "soon" is not a duration; write for example 10s, 2m or 500ms'],
    ['requestTimeout', '1d', '--request-timeout'],
    ['failOn', 'always', '--fail-on'],
    ['ambiguousWidth', '3', '--ambiguous-width'],
    ['redact', 'none', '--redact'],
    ['lang', 'fr', '--lang'],
    ['record', '5s', '--record: between 10s and 30m'],
    ['record', '31m', '--record: between 10s and 30m'],
  ])('names the flag when %s is %j', (key, value, sentence) => {
    const read = () => readOptions(sessionSchema, { [key]: value });
    expect(read).toThrow(UsageProblem);
    expect(read).toThrow(sentence);
  });

  it('names every flag that is wrong, each on its line', () => {
    const read = () => readOptions(commonSchema, { lang: 'fr', requestTimeout: 'x' });
    expect(read).toThrow(/^--lang/m);
    expect(read).toThrow(/^--request-timeout/m);
  });
});

it.each([
  [undefined, undefined],
  ['60', 60],
  ['2m', 120],
  ['30m', 1800],
])('records for %s: %s seconds', (record, seconds) => {
  expect(readOptions(sessionSchema, { record }).record).toBe(seconds);
});

describe('the ways into a Pod', () => {
  it.each([
    [undefined, ['exec', 'ephemeral', 'node', 'probe-pod']],
    ['probe-pod,exec', ['probe-pod', 'exec']],
    ['exec, exec', ['exec']],
    ['none', []],
  ])('%s', (podAccess, ways) => expect(readOptions(sessionSchema, { podAccess }).podAccess).toEqual(ways));

  it.each([
    [
      { podAccess: 'ssh' },
      /--pod-access: "ssh" is no way into a Pod; write some of exec,ephemeral,node,probe-pod, or none/,
    ],
    [{ podAccess: '' }, /--pod-access/],
    [{ probeImage: 'two words' }, /--probe-image: is no reference of an image/],
    [{ probeImage: '--privileged' }, /--probe-image/],
  ])('are refused in words: %j', (raw, words) => expect(() => readOptions(sessionSchema, raw)).toThrow(words));

  it.each(['busybox', 'registry.example:5000/net/tools@sha256:0123abcd', 'docker.io/library/busybox:1.37'])(
    'take the image %s',
    (probeImage) => expect(readOptions(sessionSchema, { probeImage })).toMatchObject({ probeImage }),
  );
});

describe('the address of a Prometheus', () => {
  const read = (text: string) => sessionSchema.safeParse({ prometheus: text });

  it.each(['http://10.0.0.7:9090', 'https://who:sesame@metrics.example/prometheus/'])('may be %s', (text) => {
    expect(read(text).data?.prometheus?.href.replace(/\/$/, '')).toBe(text.replace(/\/$/, ''));
  });

  it.each(['10.0.0.7:9090', 'file:///etc/passwd', 'http://who:sesame@x/?query=up', 'http://who:sesame@', ''])(
    'is not %j, and is not said again',
    (text) => {
      const result = read(text);
      expect(result.success).toBe(false);
      expect(result.error?.message).toContain('is no address of a Prometheus');
      expect(result.error?.message).not.toContain('sesame');
    },
  );
});
