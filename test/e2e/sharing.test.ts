import { expect, it } from 'vitest';
import { flow, openShop } from './support/open-shop.js';
import { reportOf } from './support/program.js';

it('a fault names its hop for no request more than a session should need, and a replay says the same', async () => {
  const shop = await openShop();
  const ran = await shop.triage();
  const { verdict, cost } = reportOf(ran);
  expect(verdict.sharing).toMatchObject({ hop: 'service', at: ['shop/cart'] });
  const kinds = [...(verdict.sharing?.groups ?? []), ...(verdict.sharing?.unseen ?? [])].map(({ kind }) => kind);
  expect(new Set(kinds)).toEqual(new Set(['services', 'ingresses', 'routes']));
  expect(cost.requests).toBeLessThanOrEqual(25);
  const told = await shop.say(['session', 'show', '1']);
  expect(told.stdout).toContain('every client of Service shop/cart');
  const again = await shop.say(['run', '-o', 'json', '--no-input', ...flow, '--universe', shop.home.session()]);
  expect(reportOf(again).verdict.sharing).toEqual(verdict.sharing);
  const hidden = await shop.say(['session', 'export', '1', '-o', 'json', '--redact', 'strict']);
  expect(JSON.stringify(reportOf(hidden).verdict.sharing)).not.toContain('shop/');
});
