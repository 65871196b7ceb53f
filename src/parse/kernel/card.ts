// "	tx-checksum-ip-generic: on", "rx-vlan-filter: off [fixed]"
const feature = /^\s*([a-z0-9][a-z0-9-]{1,60}): (on|off)\b/gm;

/** `ethtool -k DEVICE`: what the device does in the place of the kernel. Undefined where it tells nothing. */
export const parseFeatures = (text: string): Record<string, boolean> | undefined =>
  text.startsWith('Features for ')
    ? Object.fromEntries([...text.matchAll(feature)].map(([, name = '', state]) => [name, state === 'on']))
    : undefined;

// What drivers call a packet that they lost; XDP counts what its own program decided. ENA, the driver of AWS, also counts
// what was more than the machine may send: "     linklocal_allowance_exceeded: 0".
const lost = /drop|err|miss|discard|no_buf|out_of_buffer|crc|fifo|overrun|allowance_exceeded/i;
// "     rx_queue_0_drops: 0"
const statistic = /^\s*([A-Za-z0-9_.[\] -]{1,80}): (\d{1,18})$/gm;

/** `ethtool -S DEVICE`, of it only what counts lost packets: the names are those of the driver. */
export const parseCardStatistics = (text: string): Record<string, number> | undefined =>
  text.startsWith('NIC statistics:')
    ? Object.fromEntries(
        [...text.matchAll(statistic)]
          .map(([, name = '', count]): [string, number] => [name.trim(), Number(count)])
          .filter(([name]) => lost.test(name) && !/xdp/i.test(name)),
      )
    : undefined;
