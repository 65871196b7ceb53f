import type { Facts } from '../../../domain/finding.js';
import type { Target } from '../../../domain/targets.js';
import type { Packet } from '../../../parse/captures/packet.js';
import type { ConnectFacts } from '../../../parse/connect.js';
import { type Connection, connectionsOf, refusalsOf } from './connections.js';
import { dropReasons } from './drop-reasons.js';
import { type Point, pointsOf, type Way } from './points.js';
import type { TracedNode, TracedPod } from './traced-node.js';

export interface Trace {
  /** What the source connects to: the address of a Service, or of the Pod itself. */
  readonly asked: { readonly address: string; readonly port: number };
  readonly sources: readonly string[];
  readonly endpoints: readonly Target[];
  readonly probe: ConnectFacts;
  readonly seen: readonly TracedNode[];
  /** The networks of Pods at both ends, as far as anybody could listen there. */
  readonly inside?: readonly TracedPod[] | undefined;
}

export const traceOutcomes = {
  'all-points': 'pass',
  'source-silent': 'fail',
  'lost-on-source-node': 'fail',
  'not-translated': 'fail',
  'wrong-endpoint': 'fail',
  'lost-between-nodes': 'fail',
  'lost-on-destination-node': 'fail',
  'no-answer': 'fail',
  refused: 'fail',
  rejected: 'fail',
  'reply-lost-there': 'fail',
  'reply-lost-between': 'fail',
  'reply-lost-here': 'fail',
  'reply-untranslated': 'fail',
  'left-source-node': 'unsure',
  'not-captured': 'unsure',
  'not-tcp': 'unsure',
} as const;
export type TraceOutcome = keyof typeof traceOutcomes;

interface Story {
  readonly points: readonly Point[];
  readonly way: Way;
  readonly connection: Connection;
  /** Where it goes after the address of the Service was replaced. */
  readonly reached: string;
}

const lastIndex = (points: readonly Point[], of: 'request' | 'reply') =>
  of === 'request'
    ? points.findLastIndex((point) => point.request === 'seen')
    : points.findIndex((point) => point.reply === 'seen');

const isAnswer = ({ flags = '' }: Packet) => flags.startsWith('S');

/** The last address the SYN was sent to; before the translation it is that of the Service. */
const reachedBy = ({ request, inside }: Connection, { asked }: Trace) =>
  [...request, ...inside.flatMap((one) => one.request)]
    .map(({ to }) => to?.address ?? '')
    .find((address) => address !== '' && address !== asked.address) ?? asked.address;

const wayOf = (trace: Trace, reached: string): Way | undefined => {
  const from = trace.seen.find(({ role }) => role === 'source');
  const target = trace.endpoints.find(({ address }) => address === reached) ?? trace.endpoints[0];
  if (!from) return undefined;
  const toName = target?.node ?? '';
  const to = trace.seen.find(({ node }) => node === toName);
  return { from, to, toName, hostNetwork: to?.addresses.includes(target?.address ?? '') ?? false };
};

const storyOf = (trace: Trace, connection: Connection): Story | undefined => {
  const reached = reachedBy(connection, trace);
  const way = wayOf(trace, reached);
  return way && { way, connection, reached, points: pointsOf(trace.seen, { way, reached }, connection) };
};

/** Where the reply came back to the Pod, by the address it came from. */
const repliesAtSource = ({ way, connection, points }: Story): readonly Packet[] => {
  const first = points[0];
  if (first?.role === 'inside')
    return connection.inside
      .filter(({ pod }) => pod.role === 'source')
      .flatMap(({ reply }) => reply.filter((packet) => packet.way === 'in'));
  return connection.reply.filter(
    ({ node, way: passed, device }) => node === way.from.node && passed === 'out' && device === first?.device,
  );
};

const hasSucceeded = (story: Story, { asked }: Trace) =>
  repliesAtSource(story).some((packet) => isAnswer(packet) && packet.from?.address === asked.address);

/** What a node did not see may have passed while it could not keep up, or no longer listened. */
const isBlind = (seen: readonly TracedNode[], name: string | undefined) =>
  seen.some(({ node, lost, watched }) => node === name && (lost > 0 || !watched));

const lostRequest = ({ points, way }: Story, { seen }: Trace): TraceOutcome => {
  const last = points[lastIndex(points, 'request')];
  const after = points[lastIndex(points, 'request') + 1];
  // Seen by devices that are no point of any known way, or missed because there was too much of it.
  if (!last || isBlind(seen, after?.node)) return 'not-captured';
  if (after?.request === 'unwatched') return 'left-source-node';
  if (last.node === way.from.node && after && after.node !== last.node) return 'lost-between-nodes';
  return last.node === way.from.node ? 'lost-on-source-node' : 'lost-on-destination-node';
};

const lostReply = ({ points, way }: Story, { seen }: Trace): TraceOutcome => {
  const at = lastIndex(points, 'reply');
  const [here, before] = [points[at], points[at - 1]];
  if (isBlind(seen, before?.node)) return 'not-captured';
  if (here?.node === way.from.node) return 'reply-lost-here';
  return before && before.node === way.from.node ? 'reply-lost-between' : 'reply-lost-there';
};

/** The Service's address on the wire is one that nobody translated. */
const isUntranslated = ({ connection, way, reached }: Story, { asked, endpoints }: Trace) =>
  reached === asked.address &&
  !endpoints.some(({ address }) => address === asked.address) &&
  connection.request.some(
    ({ node, way: passed, device }) =>
      node === way.from.node &&
      passed === 'out' &&
      way.from.devices.some(({ name, role }) => name === device && role === 'uplink'),
  );

const replied = (story: Story, trace: Trace): TraceOutcome => {
  const back = repliesAtSource(story);
  if (back.length === 0) return lostReply(story, trace);
  if (!back.some(({ from }) => from?.address === trace.asked.address)) return 'reply-untranslated';
  if (back.some(isAnswer)) return 'reply-lost-here';
  // Who sent the RST: the end itself, or a node on the way.
  return story.points.at(-1)?.reply === 'seen' ? 'refused' : 'rejected';
};

const outcomeOf = (story: Story, trace: Trace): TraceOutcome => {
  const { connection, points, reached, way } = story;
  if (isUntranslated(story, trace)) return 'not-translated';
  const known = [trace.asked.address, ...trace.endpoints.map(({ address }) => address)];
  if (!known.includes(reached)) return 'wrong-endpoint';
  if ([connection, ...connection.inside].some(({ reply }) => reply.length > 0)) return replied(story, trace);
  if (refusalsOf(trace.seen, trace.sources).some(({ node }) => node === way.from.node)) return 'rejected';
  if (lastIndex(points, 'request') < points.length - 1) return lostRequest(story, trace);
  return isBlind(trace.seen, points.at(-1)?.node) ? 'not-captured' : 'no-answer';
};

const nameOf = (point: Point | undefined) => (point ? { device: point.device, node: point.node } : undefined);

/** The point that saw it last and the first that did not; where it got through, both ends of the way. */
const hop = ({ points }: Story, outcome: TraceOutcome): Facts => {
  const isReply = outcome.startsWith('reply-');
  const at = lastIndex(points, isReply ? 'reply' : 'request');
  const last = nameOf(points[at]);
  const next = nameOf(isReply ? points[at - 1] : points[at + 1]);
  return {
    ...(last ? { 'last-device': last.device, 'last-node': last.node } : {}),
    'next-device': next?.device ?? 'pod',
    'next-node': next?.node ?? last?.node ?? '',
  };
};

const says = (trace: Trace, { way, connection }: Story): Facts => {
  const [said] = refusalsOf(trace.seen, trace.sources).filter(({ node }) => node === way.from.node);
  if (said?.says !== undefined) return { says: said.says, by: said.from?.address ?? '' };
  const reset = connection.reply.find(({ flags = '' }) => flags.startsWith('R'));
  return reset ? { says: 'RST', by: reset.from?.address ?? '' } : {};
};

const masqueraded = ({ connection }: Story, { sources }: Trace): Facts => {
  const other = connection.request.map(({ from }) => from?.address ?? '').find((one) => !sources.includes(one));
  return other ? { 'source-after': other } : {};
};

const factsOf = (trace: Trace, story: Story, outcome: TraceOutcome): Facts => ({
  from: story.way.from.node,
  to: story.way.toName,
  asked: `${trace.asked.address}:${trace.asked.port}`,
  reached: story.reached,
  ...masqueraded(story, trace),
  ...hop(story, outcome),
  ...says(trace, story),
  path: story.points.map((point) => ({ ...point })),
  ...dropReasons(trace.seen),
});

/** The same Pod may well talk to another port of the same Pod. */
const isOfFlow = ({ request, inside }: Connection, { asked, endpoints }: Trace) =>
  [...request, ...inside.flatMap((one) => one.request)].some(({ to }) =>
    [asked, ...endpoints].some(({ address, port }) => to?.address === address && to.port === port),
  );

/** Which hop of a failing connection is the last that saw it, computed from what every point saw. */
export const judgeTrace = (trace: Trace): { outcome: TraceOutcome; facts: Facts } => {
  const connections = connectionsOf(trace.seen, trace.sources, trace.inside).filter((connection) =>
    isOfFlow(connection, trace),
  );
  const stories = connections.flatMap((connection) => storyOf(trace, connection) ?? []);
  const failed =
    stories.find((story) => !hasSucceeded(story, trace)) ?? (trace.probe.failed > 0 ? stories[0] : undefined);
  const from = trace.seen.find(({ role }) => role === 'source')?.node ?? '';
  if (failed) {
    const outcome = outcomeOf(failed, trace);
    return { outcome, facts: factsOf(trace, failed, outcome) };
  }
  if (stories[0]) return { outcome: 'all-points', facts: factsOf(trace, stories[0], 'all-points') };
  const asked = `${trace.asked.address}:${trace.asked.port}`;
  const isSilent = trace.probe.failed > 0 && !isBlind(trace.seen, from);
  return {
    outcome: isSilent ? 'source-silent' : 'not-captured',
    facts: { from, asked, path: [], ...dropReasons(trace.seen) },
  };
};
