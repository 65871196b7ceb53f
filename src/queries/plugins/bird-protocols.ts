import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseBirdProtocols } from '../../parse/plugins/bird-protocols.js';

const sockets = { ip: '/var/run/calico/bird.ctl', ip6: '/var/run/calico/bird6.ctl' } as const;

/** The BGP sessions of a Node, from the BIRD in Calico's agent. `-r` makes birdcl refuse whatever would change them. */
export const birdProtocols = defineQuery({
  name: 'bird-protocols',
  where: 'pod',
  level: 'node',
  limit: 10,
  args: z.strictObject({ family: z.enum(['ip', 'ip6']) }),
  variants: [{ tool: 'birdcl', argv: ({ family }) => ['birdcl', '-s', sockets[family], '-r', 'show', 'protocols'] }],
  parse: ({ stdout, stderr }) => parseBirdProtocols(stdout, stderr),
});
