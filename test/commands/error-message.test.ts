import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { find } from '../../src/catalog/find.js';
import { load } from '../../src/catalog/load.js';
import { createRedactor } from '../../src/clean/redact.js';
import { readMessage, type Settled } from '../../src/commands/error-message.js';
import { knownErrors } from '../../src/parse/errors/known-errors.js';
import { speaker } from '../../src/ui/say.js';

const { catalog } = load(await find());
const reading = (text: string, given: Settled = {}, language: 'en' | 'zh-CN' = 'en') =>
  readMessage(text, given, {
    runbooks: catalog.runbooks,
    say: speaker(catalog.phrases, language),
    redactor: createRedactor({ profile: 'default', salt: 'night' }),
    namespace: 'shop',
    source: 'flag',
  });

const lookup =
  'Get "http://cart.shop.svc.cluster.local:8080/x": dial tcp: lookup cart.shop.svc.cluster.local: i/o timeout';
const words = 'lookup cart.shop.svc.cluster.local: i/o timeout';

describe('what a pasted error settles', () => {
  it('is the symptom and the destination, with the words it was read from', () => {
    expect(reading(lookup)).toEqual({
      ...{ symptom: 'dns-fails', to: 'svc/shop/cart:8080' },
      answers: [
        { question: 'error', answer: lookup, source: 'flag' },
        { question: 'error says name-timed-out', answer: words, source: 'detected' },
        { question: 'symptom', answer: 'dns-fails', source: 'detected' },
        { question: 'to', answer: 'svc/shop/cart:8080', source: 'detected' },
      ],
      lines: [`The error says "${words}": dns-fails.`, 'Its destination: svc/shop/cart:8080.'],
    });
  });

  it.each([
    ['dial tcp 10.96.100.1:80: connect: connection refused', undefined, 'ip/10.96.100.1:80'],
    ['dial tcp [fd00:10:96::a]:443: i/o timeout', undefined, 'ip/[fd00:10:96::a]:443'],
    ['curl: (6) Could not resolve host: www.example.com', 'dns-fails', 'host/www.example.com'],
    ["wget: bad address 'web-0.web.shop.svc.cluster.local'", 'dns-fails', 'host/web-0.web.shop.svc.cluster.local'],
    [
      'plugin/errors: 2 www.example.com. A: read udp 10.244.0.4:37189->172.18.0.1:53: i/o timeout',
      'dns-fails',
      undefined,
    ],
  ])('%s', (text, symptom, to) => {
    expect(reading(text)).toMatchObject({ symptom, to });
  });

  it('comes from the control plane where only that can be meant', () => {
    expect(reading('Error from server: error dialing backend: dial tcp 10.0.3.123:10250: i/o timeout')).toMatchObject({
      ...{ symptom: 'control-plane-cannot-reach', from: 'control-plane' },
    });
  });

  it('is never what the operator has said already', () => {
    const given = { symptom: 'egress-fails', from: 'pod/shop/web', to: 'host/www.example.com:443' };
    const read = reading(lookup, given);
    expect(read).toMatchObject(given);
    expect(read.lines).toEqual([`The error says "${words}". The symptom that was named stands: egress-fails.`]);
  });

  it('is nothing where it says two things at once', () => {
    const { symptom, lines } = reading('502 Bad Gateway; getaddrinfo ENOTFOUND cart');
    expect(symptom).toBeUndefined();
    expect(lines[0]).toBe(
      'The error says "getaddrinfo ENOTFOUND, 502 Bad Gateway", which speaks of dns-fails, ingress-fails. None of them is chosen.',
    );
  });

  it('is no runbook that does not walk between the two ends', () => {
    const { symptom, lines } = reading(lookup, { from: 'node/node-a', to: 'svc/shop/cart' });
    expect(symptom).toBeUndefined();
    expect(lines[0]).toContain('does not walk between these two ends');
  });

  it('is nothing where nothing is known of it, and it says so in both languages', () => {
    const text = 'NullPointerException at http://cart.shop.svc:80';
    expect(reading(text)).toMatchObject({ symptom: undefined, to: undefined });
    expect(reading(text).lines).toEqual([expect.stringContaining('Nothing in this error is known')]);
    expect(reading(text, {}, 'zh-CN').lines[0]).toMatch(/没有可识别的内容/);
  });

  it('is told and kept without what nobody may see or what would act on a terminal', () => {
    const { answers, lines } = reading(
      '\u001b[31mcurl -H "Authorization: Bearer abcdefghijklmnop0123456789" https://pay:hunter22@cart.shop.svc/ : connection refused\u001b[0m',
    );
    const kept = JSON.stringify([answers, lines]);
    expect(kept).not.toMatch(/abcdefghijklmnop|hunter22|u001b/);
    expect(kept).toContain('connection refused');
  });

  it('only ever names runbooks that there are', () => {
    for (const { symptom } of knownErrors)
      if (symptom !== undefined) expect(Object.keys(catalog.runbooks)).toContain(symptom);
  });

  it('has the messages of the fixtures as they came', () => {
    const messages = JSON.parse(readFileSync('test/fixtures/error-text/messages.json', 'utf8')) as { text: string }[];
    for (const { text } of messages) expect(reading(text).answers[0]?.answer).toBe(text.trim());
  });
});
