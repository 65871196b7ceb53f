import { expect, it } from 'vitest';
import { speaksHttp } from '../../src/domain/speaks-http.js';

it.each([
  [{ name: 'http' }, true],
  [{ name: 'http-metrics' }, true],
  [{ name: 'https' }, true],
  [{ name: 'http2' }, false],
  [{ name: 'grpc' }, false],
  [{}, false],
  [{ name: 'http', appProtocol: 'kubernetes.io/h2c' }, false],
  [{ name: 'web', appProtocol: 'http' }, true],
])('%j: %s', (port, expected) => expect(speaksHttp(port)).toBe(expected));
