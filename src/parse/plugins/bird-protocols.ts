import { z } from 'zod';

const peerSchema = z.strictObject({
  /** How Calico came to it: every other Node, a peer of this Node, or a peer of all Nodes. */
  kind: z.enum(['mesh', 'node', 'global', 'other']),
  /** Empty where the name of the session does not say it. */
  address: z.string(),
  /** `Established`, `Active`, `Connect`, `Idle` …; empty where BIRD says none. */
  session: z.string(),
  /** Why, in the words of BIRD. */
  info: z.string(),
});
export type BgpPeer = z.infer<typeof peerSchema>;

export const birdProtocolsSchema = z.strictObject({
  /** `absent`: no BIRD listens there, as where Calico runs without BGP. */
  daemon: z.enum(['answers', 'absent', 'not-understood']),
  peers: z.array(peerSchema),
  strange: z.array(z.string()),
});
export type BirdProtocols = z.infer<typeof birdProtocolsSchema>;

const heading = /^name\s+proto\s+table\s+state\s+since\s+info/;
// "Mesh_172_17_8_102 BGP      master   up     2016-11-21  Established"; since may be a time, or a date and a time.
const row = /^(\S+) +(\S+) +(\S+) +(\S+) +([\d:.-]+(?: [\d:.]+)?)(?: +(.*))?$/;
const name = /^(Mesh|Node|Global)_([\dA-Fa-f_]+)$/;
const absent = /Unable to connect to server control socket/i;

/** "172_17_8_102", "fd80_24e2__2": confd writes a name that BIRD takes (bird.cfg.template of Calico). */
const addressIn = (text: string) =>
  /^\d+_\d+_\d+_\d+$/.test(text) ? text.replaceAll('_', '.') : text.replaceAll('_', ':');

const kinds: Readonly<Record<string, BgpPeer['kind']>> = { Mesh: 'mesh', Node: 'node', Global: 'global' };

const peerOf = (called: string, info: string): BgpPeer => {
  const [, kind = '', address = ''] = name.exec(called) ?? [];
  const [session = '', ...rest] = info.trim().split(/\s+/);
  return { kind: kinds[kind] ?? 'other', address: addressIn(address), session, info: rest.join(' ').slice(0, 120) };
};

/** `birdcl show protocols` of the BIRD that Calico ships. */
export const parseBirdProtocols = (stdout: string, stderr: string): BirdProtocols => {
  if (absent.test(`${stdout}\n${stderr}`)) return { daemon: 'absent', peers: [], strange: [] };
  const lines = stdout.split('\n').map((line) => line.trimEnd());
  const from = lines.findIndex((line) => heading.test(line));
  if (from < 0)
    return { daemon: 'not-understood', peers: [], strange: [`${stdout.trim()} ${stderr.trim()}`.trim().slice(0, 200)] };
  const rows = lines.slice(from + 1).filter((line) => line !== '');
  const read = rows.map((line) => ({ line, match: row.exec(line) }));
  return {
    daemon: 'answers',
    peers: read.flatMap(({ match }) => (match?.[2] === 'BGP' ? [peerOf(match[1] ?? '', match[6] ?? '')] : [])),
    strange: read.flatMap(({ line, match }) => (match ? [] : [line.slice(0, 200)])).slice(0, 10),
  };
};
