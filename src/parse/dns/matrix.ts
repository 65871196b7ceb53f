/** One server as a matrix of questions has it: whether it answered over UDP, and over TCP where that was tried. */
export interface Cell {
  readonly role: 'service' | 'replica';
  readonly node: string;
  readonly udp: boolean;
  readonly tcp?: boolean | undefined;
}

export type MatrixOutcome =
  | 'all-answer'
  | 'tcp-fails'
  | 'udp-fails'
  | 'address-fails'
  | 'far-fails'
  | 'some-fail'
  | 'replicas-fail'
  | 'none-answer'
  | 'no-servers';

const every = (cells: readonly Cell[]) => cells.every(({ udp }) => udp);
const none = (cells: readonly Cell[]) => cells.every(({ udp }) => !udp);

const ofReplicas = (replicas: readonly Cell[], node: string): MatrixOutcome => {
  const near = replicas.filter((one) => one.node === node);
  const far = replicas.filter((one) => one.node !== node);
  return near.length > 0 && far.length > 0 && every(near) && none(far) ? 'far-fails' : 'some-fail';
};

const byUdp = (service: readonly Cell[], replicas: readonly Cell[], node: string): MatrixOutcome => {
  if (none(replicas)) return none(service) ? 'none-answer' : 'replicas-fail';
  if (every(replicas)) return every(service) ? 'all-answer' : 'address-fails';
  return ofReplicas(replicas, node);
};

/** What the answers of all servers come to, seen from one node: one contrast per word. */
export const matrixOutcome = (cells: readonly Cell[], node: string): MatrixOutcome => {
  if (cells.length === 0) return 'no-servers';
  const service = cells.filter(({ role }) => role === 'service');
  const replicas = cells.filter(({ role }) => role === 'replica');
  if (none(cells)) return cells.some(({ tcp }) => tcp) ? 'udp-fails' : 'none-answer';
  const outcome = replicas.length === 0 ? 'all-answer' : byUdp(service, replicas, node);
  if (outcome !== 'all-answer') return outcome;
  return cells.some(({ tcp }) => tcp === false) ? 'tcp-fails' : 'all-answer';
};
