import { CannotLook, type MissingRight } from '../../domain/cannot-look.js';
import { type ApiReply, isWebPage, statusOf } from './api-reply.js';
import { type AnyRequest, isPublic, versionRequest } from './api-request.js';
import { ApiUnavailable } from './api-unavailable.js';

/** User "viewer" cannot list resource "pods" in API group "" in the namespace "shop" */
const rbac = /cannot (\S+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/;

const asked = (request: AnyRequest): MissingRight => {
  if (isPublic(request)) return { verb: 'get', resource: request.path, group: '' };
  const { verb, group, namespace } = request;
  const resource = [request.resource, request.subresource].filter(Boolean).join('/');
  return { verb, resource, group, ...(namespace === undefined ? {} : { namespace }) };
};

const missingRight = (message: string, request: AnyRequest): MissingRight => {
  const [, verb, resource, group, namespace] = rbac.exec(message) ?? [];
  if (verb === undefined || resource === undefined || group === undefined) return asked(request);
  return { verb, resource, group, ...(namespace === undefined ? {} : { namespace }) };
};

const sentence = ({ verb, resource, namespace }: MissingRight) =>
  `The API server does not allow "${verb} ${resource}"${namespace ? ` in namespace ${namespace}` : ''}`;

const forbidden = (message: string, request: AnyRequest) => {
  const missing = missingRight(message, request);
  const text = `${sentence(missing)}: ${message}`;
  if (message.includes('User "system:anonymous"'))
    return new ApiUnavailable(
      'unauthenticated',
      `The API server takes the request for anonymous; check the credentials of the context. ${message}`,
    );
  // Everybody who is logged in may ask for the version and for the own rights; without them nothing else works either.
  const basic = isPublic(request) ? request === versionRequest : request.group === 'authorization.k8s.io';
  if (basic || missing.verb === 'impersonate') return new ApiUnavailable('forbidden', text);
  return new CannotLook('forbidden', text, missing);
};

/** A kind that is read; what is asked of a Pod of ours is served everywhere. */
const isKind = (request: AnyRequest) => !isPublic(request) && request.subresource === undefined;

const notFound = (reply: ApiReply, request: AnyRequest, message: string) =>
  statusOf(reply)?.details?.name === undefined
    ? new CannotLook(
        isKind(request) ? 'not-served' : 'lost',
        `The API server does not serve this resource (HTTP 404): ${message || 'no explanation'}`,
      )
    : new CannotLook('lost', `What was asked for does not exist: ${message}`);

// Get "https://10.0.0.13:10250/containerLogs/shop/cart/till?tailLines=1": dial tcp 10.0.0.13:10250: i/o timeout
const fromKubelet = /^Get "https:\/\/\S+\/containerLogs\//;

/** Groups that the API server passes on to a server of a plugin: where that one is silent, the rest is as well as ever. */
const passedOn: ReadonlySet<string> = new Set(['metrics.k8s.io', 'projectcalico.org']);
const isPassedOn = (request: AnyRequest) => !isPublic(request) && passedOn.has(request.group);

const unexpected = (reply: ApiReply, request: AnyRequest, message: string) => {
  if (reply.status === 404) return notFound(reply, request, message);
  if (reply.status >= 500 && fromKubelet.test(message))
    return new CannotLook('lost', `The API server got no answer from the kubelet of the node: ${message}`);
  if (reply.status >= 500 && isPassedOn(request))
    return new CannotLook(
      'lost',
      `What serves this API behind the API server gave no answer (HTTP ${reply.status}): ${message || 'no explanation'}`,
    );
  return reply.status >= 500
    ? new ApiUnavailable(
        'unreachable',
        `The API server failed (HTTP ${reply.status}): ${message || 'no explanation'}; try again, or look at its health.`,
      )
    : new CannotLook('lost', `The API server answered HTTP ${reply.status}: ${message || 'no explanation'}`);
};

/** What a reply other than success means. `cleanText` is applied to every word of the server. */
export const refusal = (reply: ApiReply, request: AnyRequest, cleanText: (text: string) => string): CannotLook => {
  if (isWebPage(reply))
    return new ApiUnavailable(
      'unreachable',
      `Something on the way answered with a web page instead of the API server (HTTP ${reply.status}); check the server address and the proxy.`,
    );
  const message = cleanText(statusOf(reply)?.message ?? reply.text.slice(0, 300)).trim();
  if (reply.status === 401)
    return new ApiUnavailable(
      'unauthenticated',
      `The API server does not accept the credentials (${message || 'Unauthorized'}); log in again.`,
    );
  if (reply.status === 403) return forbidden(message, request);
  if (reply.status === 429)
    return new CannotLook(
      'lost',
      `The API server turned the request away as too many, three times over (HTTP 429): ${message}`,
    );
  return unexpected(reply, request, message);
};
