import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../../src/ports/live/proxy.js';

const api = new URL('https://api.shop.example:6443');

describe('the proxy for the API server', () => {
  it.each([
    ['nothing set', {}, undefined, undefined],
    ['HTTPS_PROXY', { HTTPS_PROXY: 'http://till:3128' }, undefined, 'till:3128'],
    ['small letters', { https_proxy: 'http://till:3128' }, undefined, 'till:3128'],
    ['an address without scheme', { HTTPS_PROXY: 'till.example:3128' }, undefined, 'till.example:3128'],
    ['HTTP_PROXY, which is for http servers', { HTTP_PROXY: 'http://till:3128' }, undefined, undefined],
    ['NO_PROXY against it', { HTTPS_PROXY: 'http://till:3128', NO_PROXY: 'shop.example' }, undefined, undefined],
    ['proxy-url, which NO_PROXY does not touch', { NO_PROXY: '*' }, 'socks5://till:1080', 'till:1080'],
  ])('%s', (_, env, configured, expected) => {
    expect(proxyFor(api, configured, env)?.host).toBe(expected);
  });

  it.each([
    ['*', 'https://api.shop.example', true],
    ['.shop.example', 'https://api.shop.example', true],
    ['.shop.example', 'https://shop.example', false],
    ['shop.example', 'https://shop.example', true],
    ['shop.example', 'https://workshop.example', false],
    ['*.shop.example', 'https://api.shop.example', true],
    ['api.shop.example:6443', 'https://api.shop.example:6443', true],
    ['api.shop.example:6443', 'https://api.shop.example', false],
    ['10.0.0.0/8, other', 'https://10.9.8.7:6443', true],
    ['10.0.0.0/8', 'https://11.9.8.7:6443', false],
    ['10.0.0.0/99', 'https://10.9.8.7:6443', false],
    ['fd00::/8', 'https://[fd00::1]:6443', true],
    ['fd00::1', 'https://[fd00::1]:6443', true],
    ['', 'https://localhost:6443', true],
    ['', 'https://127.0.0.2:6443', true],
    ['', 'https://api.shop.example', false],
  ])('NO_PROXY=%s and %s', (noProxy, server, bypassed) => {
    const env = { HTTPS_PROXY: 'http://till:3128', NO_PROXY: noProxy };
    expect(proxyFor(new URL(server), undefined, env) === undefined).toBe(bypassed);
  });
});
