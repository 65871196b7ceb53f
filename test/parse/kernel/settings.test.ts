import { expect, it } from 'vitest';
import { parseSettings } from '../../../src/parse/kernel/settings.js';

it('reads settings, lists among them', () => {
  const { values, strange } = parseSettings(
    'net.ipv4.ip_forward = 1\nnet.ipv4.ip_local_port_range = 32768\t60999\nnet.ipv4.conf.flannel/1.rp_filter = 0\n',
  );
  expect(values).toEqual({
    'net.ipv4.ip_forward': '1',
    'net.ipv4.ip_local_port_range': '32768\t60999',
    'net.ipv4.conf.flannel/1.rp_filter': '0',
  });
  expect(strange).toEqual([]);
});

it('keeps an empty value, and says which lines it did not understand', () => {
  expect(parseSettings('net.ipv4.tcp_fastopen_key = \nsysctl: permission denied on key "x"\n')).toEqual({
    values: { 'net.ipv4.tcp_fastopen_key': '' },
    strange: ['sysctl: permission denied on key "x"'],
  });
});
