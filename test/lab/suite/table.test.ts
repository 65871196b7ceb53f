import { expect, it } from 'vitest';
import type { Row } from '../../../lab/suite/row.ts';
import { markdown, rowsIn } from '../../../lab/suite/table.ts';

const row = (more: Partial<Row> = {}): Row => ({
  ...{
    fault: 'gone-pod',
    profile: 'plain',
    run: 'admin probe --host a.example --path /',
    expected: 'SVC-01 or SVC-02',
  },
  ...{ result: 'SVC-01', top: 'SVC-01', certainty: 'certain', verdict: 'right', open: '', notes: [] },
  ...{ seconds: 1.5, requests: 10, bytes: 3 * 1024, commands: 3 },
  ...more,
});

it('is read back as it was written', () => {
  const rows = [
    row(),
    row({ fault: 'odd-one', top: 'healthy', result: 'healthy', certainty: '' }),
    row({ fault: 'silent', verdict: 'below', certainty: 'possible' }),
    row({ fault: 'unknown', verdict: 'open', open: 'weigh' }),
  ];
  const page = `# Title\n\nSome words | with a bar.\n\n${markdown(rows)}\n`;
  expect(rowsIn(page)).toEqual(rows);
  expect(markdown(rowsIn(page))).toBe(markdown(rows));
});
