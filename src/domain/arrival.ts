interface Way {
  readonly node: string;
  readonly address: string;
  readonly way: { readonly route?: { readonly dev: string; readonly gateway?: string | undefined } | undefined };
}

export interface Crossing {
  readonly node: string;
  readonly tunnels: readonly string[];
  readonly toPods: readonly Way[];
  readonly toNodes: readonly Way[];
}

export interface Arrival {
  readonly address: string;
  /** The device by which packets of that address come in. */
  readonly by: string;
  /** The device by which answers to it leave. */
  readonly back: string;
}

const devTo = (ways: readonly Way[], node: string) => ways.find((one) => one.node === node)?.way.route?.dev;

/** By which device packets that `other` sends to the Pods on `here` come in. */
const arrivalDevice = (here: Crossing, other: Crossing): string | undefined => {
  const sent = devTo(other.toPods, here.node);
  if (sent === undefined) return undefined;
  // Both ends of one tunnel carry one name; where they do not, nothing can be said.
  if (other.tunnels.includes(sent)) return here.tunnels.includes(sent) ? sent : undefined;
  return devTo(here.toNodes, other.node);
};

/** For the Pods on `other`: where their packets come in on `here`, and where the answers leave. */
export const arrivals = (here: Crossing, other: Crossing): Arrival[] => {
  const by = arrivalDevice(here, other);
  if (by === undefined) return [];
  return here.toPods.flatMap(({ node, address, way: { route } }) =>
    node === other.node && route && route.dev !== '' ? [{ address, by, back: route.dev }] : [],
  );
};
