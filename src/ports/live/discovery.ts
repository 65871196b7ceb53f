import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { isPluginKind, type Kind, kinds, type PluginKind, resourceOf } from '../../domain/kinds.js';
import { abortable } from '../abortable.js';
import { type ApiReply, jsonOf } from './api-reply.js';
import { groupsRequest, type PublicRequest, resourcesRequest } from './api-request.js';
import { ApiUnavailable } from './api-unavailable.js';
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

const isForbidden = (error: unknown) =>
  error instanceof CannotLook && error.code === 'forbidden' && !(error instanceof ApiUnavailable);

type Names = ReadonlySet<string> | undefined;

/**
 * What the API server says that it serves, asked for once. Everybody who is logged in may ask (ClusterRole
 * system:discovery); where somebody has taken that away, nothing is known.
 */
export const createDiscovery = (transport: Transport, closing: AbortSignal) => {
  const known = new Map<string, Promise<Names>>();

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

  const once = (request: PublicRequest, namesIn: (reply: ApiReply) => string[] | undefined) => {
    const found = known.get(request.path) ?? read(request, namesIn);
    known.set(request.path, found);
    return found;
  };

  /** Whether it is sure that there is no such kind. */
  const lacks = async (kind: PluginKind): Promise<boolean> => {
    const groups = await once(groupsRequest, groupsIn);
    if (!groups) return false;
    const { group, version } = kinds[kind];
    if (!groups.has(`${group}/${version}`)) return true;
    const resources = await once(resourcesRequest(kinds[kind]), resourcesIn);
    return resources !== undefined && !resources.has(resourceOf(kind));
  };

  /** Rights are looked at before anything else: a kind that is not installed is refused just like one that is. */
  const orAbsent = async <T>(reading: Promise<T>, kind: Kind, signal: AbortSignal): Promise<T> => {
    try {
      return await reading;
    } catch (error) {
      if (!isPluginKind(kind) || !isForbidden(error) || !(await abortable(lacks(kind), signal))) throw error;
      throw new CannotLook('not-served', `The API server does not serve ${kind}.`);
    }
  };

  return { orAbsent };
};
