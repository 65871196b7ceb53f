import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { isPluginKind, type Kind, kinds, type PluginKind, resourceOf } from '../../domain/kinds.js';
import { abortable } from '../abortable.js';
import { type ApiReply, jsonOf } from './api-reply.js';
import { groupsRequest, type PublicRequest, resourcesRequest } from './api-request.js';
import { isRefused } from './api-unavailable.js';
import type { Transport } from './transport.js';

const groupsSchema = z.looseObject({
  groups: z.array(z.looseObject({ versions: z.array(z.looseObject({ groupVersion: z.string() })) })),
});
const resourcesSchema = z.looseObject({ resources: z.array(z.looseObject({ name: z.string() })) });

const groupsIn = (reply: ApiReply) =>
  groupsSchema
    .safeParse(jsonOf(reply.text))
    .data?.groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => groupVersion));
const resourcesIn = (reply: ApiReply) =>
  resourcesSchema.safeParse(jsonOf(reply.text)).data?.resources.map(({ name }) => name);

type Names = ReadonlySet<string> | undefined;

/** In milliseconds: who installs something meanwhile is believed soon after. */
const youngFor = 30_000;

interface Told {
  readonly names: Promise<Names>;
  readonly askedAt: number;
}

/**
 * What the API server says that it serves, asked for once in a while. Everybody who is logged in may ask (ClusterRole
 * system:discovery); where somebody has taken that away, nothing is known.
 */
export const createDiscovery = (transport: Transport, closing: AbortSignal, now: () => number = Date.now) => {
  const known = new Map<string, Told>();

  const read = async (request: PublicRequest, namesIn: (reply: ApiReply) => string[] | undefined): Promise<Names> => {
    try {
      const reply = await transport.send(request, closing);
      const names = reply.status === 200 ? namesIn(reply) : undefined;
      return names && new Set(names);
    } catch (error) {
      if (error instanceof CannotLook) return undefined;
      throw error;
    }
  };

  const once = (request: PublicRequest, namesIn: (reply: ApiReply) => string[] | undefined): Promise<Names> => {
    const told = known.get(request.path);
    if (told && now() - told.askedAt < youngFor) return told.names;
    const names = read(request, namesIn);
    known.set(request.path, { names, askedAt: now() });
    return names;
  };

  /** Whether it is sure that there is no such group. */
  const lacksGroup = async (kind: PluginKind): Promise<boolean> => {
    const { group, version } = kinds[kind];
    return (await once(groupsRequest, groupsIn))?.has(`${group}/${version}`) === false;
  };

  /** The same for a kind of a group that is there; who may not ask for the groups may not ask for their kinds. */
  const lacksKind = async (kind: PluginKind): Promise<boolean> =>
    (await once(groupsRequest, groupsIn)) !== undefined &&
    (await once(resourcesRequest(kinds[kind]), resourcesIn))?.has(resourceOf(kind)) === false;

  const notServed = (kind: PluginKind) => new CannotLook('not-served', `The API server does not serve ${kind}.`);

  /**
   * Kinds of plugins are mostly absent, and several are read together: one answer spares the questions for all that
   * are not there. Rights are looked at before anything else: a kind that is not installed in a group that is would be
   * refused just like one that is.
   */
  const ifServed = async <T>(kind: Kind, signal: AbortSignal, read: () => Promise<T>): Promise<T> => {
    if (!isPluginKind(kind)) return read();
    if (await abortable(lacksGroup(kind), signal)) throw notServed(kind);
    try {
      return await read();
    } catch (error) {
      if (!isRefused(error) || !(await abortable(lacksKind(kind), signal))) throw error;
      throw notServed(kind);
    }
  };

  return { ifServed };
};
