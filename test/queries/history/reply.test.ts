import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseReply } from '../../../src/queries/history/reply.js';

const said = (name: string) => readFileSync(new URL(`../../fixtures/prometheus/${name}.json`, import.meta.url), 'utf8');

it('reads what Prometheus 2.42 said of two nodes', () => {
  const reply = parseReply(said('nodes'));
  if ('error' in reply) throw new Error(reply.error);
  expect([...new Set(reply.series.map(({ what }) => what))].toSorted()).toEqual([
    'device-drops',
    'processor-drops',
    'resent-share',
    'table-share',
  ]);
  const resent = reply.series.find(
    ({ what, labels }) => what === 'resent-share' && labels.instance === '10.0.0.12:9100',
  );
  expect(resent?.points.at(-1)?.[1]).toBeGreaterThan(0.1);
  expect(reply.warnings).toEqual([]);
});

it('leaves out what is no number: nothing was measured then', () => {
  const result = [
    {
      metric: { what: 'a' },
      values: [
        [1, 'NaN'],
        [2, '+Inf'],
        [3, ''],
        [4, '0.5'],
      ],
    },
  ];
  const text = JSON.stringify({
    status: 'success',
    data: { resultType: 'matrix', result },
    warnings: ['one store is down'],
  });
  expect(parseReply(text)).toEqual({
    series: [{ what: 'a', labels: {}, points: [[4, 0.5]] }],
    warnings: ['one store is down'],
  });
});

it.each([
  ['', ''],
  ['<html>Sign in</html>', ''],
  ['{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"what":"a"},"val', ''],
  ['{"status":"success","data":{"resultType":"vector","result":[]}}', ''],
  ['{"status":"error","errorType":"timeout","error":"query timed out"}', 'timeout: query timed out'],
])('%s is no history', (text, error) => expect(parseReply(text)).toEqual({ error }));

it('takes no more series than it asked for', () => {
  const result = Array.from({ length: 61 }, () => ({ metric: { what: 'a' }, values: [] }));
  const text = JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });
  expect(parseReply(text)).toEqual({ error: 'more than was asked for' });
});

it('has an answer to whatever it is given', () => {
  const matrix = fc.record({
    status: fc.constant('success'),
    data: fc.record({ resultType: fc.constant('matrix'), result: fc.array(fc.jsonValue()) }),
  });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        matrix.map((one) => JSON.stringify(one)),
      ),
      (text) => {
        const reply = parseReply(text);
        expect('series' in reply || typeof reply.error === 'string').toBe(true);
        if ('series' in reply)
          for (const { points } of reply.series)
            for (const [, value] of points) expect(Number.isFinite(value)).toBe(true);
      },
    ),
  );
});
