import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Kind, kinds } from '../../../src/domain/kinds.js';
import { json, startApi, status } from '../../ports/live/imitation/api.js';
import { frame } from '../../ports/live/imitation/exec-server.js';
import { nameOf, selected } from '../../support/selectors.js';
import { type Objects, wrongSelector } from './shop-objects.js';

export interface ShopOptions {
  readonly objects?: Objects;
  /** Answers in the place of the shop; true when it has. */
  instead?(request: IncomingMessage, response: ServerResponse): boolean;
  /** What an exec does. Without it the API server does not know the path. */
  exec?(socket: WebSocket, argv: readonly string[]): void;
  /** Refuses an exec before it becomes one. */
  refuseExec?(socket: Duplex): void;
  /** Rules that the user has; everything, when absent. */
  readonly rules?: readonly object[];
}

const everything = [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }];

const pairs = (text: string | null) =>
  Object.fromEntries(
    (text ?? '')
      .split(',')
      .filter(Boolean)
      .map((pair) => pair.split('=') as [string, string]),
  );

/** `/api/v1/namespaces/shop/pods/cart-1` in its parts. */
const readPath = (path: string) => {
  const match =
    /^\/(?:api\/v1|apis\/([^/]+)\/v1)(?:\/namespaces\/([^/]+)(?=\/))?\/([a-z]+)(?:\/([^/]+))?(?:\/([a-z]+))?$/.exec(
      path,
    );
  if (!match) return undefined;
  const [, group = '', namespace, kind = '', name, subresource] = match;
  return { group, namespace, kind, name, subresource };
};
export type Asked = NonNullable<ReturnType<typeof readPath>>;

const notFound = (response: ServerResponse, kind: string, name: string) =>
  json(response, 404, status(404, 'NotFound', `${kind} "${name}" not found`, { name, kind }));

const answerRead = (objects: Objects, { namespace, kind, name }: Asked, query: URLSearchParams) => {
  const scope = { namespace, labels: pairs(query.get('labelSelector')), fields: pairs(query.get('fieldSelector')) };
  const found = (objects[kind as Kind] ?? []).filter(selected(kind as Kind, scope));
  return name === undefined ? found : found.find((object) => nameOf(object) === name);
};

const shop =
  ({ objects = wrongSelector, rules = everything }: ShopOptions) =>
  (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop');
    if (pathname === '/version') return json(response, 200, { major: '1', minor: '35', gitVersion: 'v1.35.0' });
    if (pathname.endsWith('/selfsubjectrulesreviews'))
      return json(response, 201, {
        kind: 'SelfSubjectRulesReview',
        status: { incomplete: false, resourceRules: rules },
      });
    const asked = readPath(pathname);
    if (!asked || !(asked.kind in kinds))
      return json(response, 404, status(404, 'NotFound', 'the server could not find the requested resource'));
    const found = answerRead(objects, asked, searchParams);
    if (found === undefined) return notFound(response, asked.kind, asked.name ?? '');
    return json(response, 200, Array.isArray(found) ? { kind: 'List', metadata: {}, items: found } : found);
  };

/** An API server on the loopback that holds a small shop, and remembers what it was asked. */
export const startShop = async (options: ShopOptions = {}) => {
  const answer = shop(options);
  const api = await startApi((request, response) => {
    if (!options.instead?.(request, response)) answer(request, response);
  });
  const upgrades: IncomingMessage[] = [];
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false });
  api.server.on('upgrade', (request, socket, head) => {
    upgrades.push(request);
    socket.on('error', () => {});
    if (options.refuseExec) return options.refuseExec(socket);
    if (!options.exec) return socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.on('error', () => {});
      for (const channel of [0, 1, 2, 3]) opened.send(frame(channel, ''));
      options.exec?.(opened, new URL(request.url ?? '/', 'http://shop').searchParams.getAll('command'));
    });
    return undefined;
  });
  return { ...api, upgrades };
};

export const refused = (code: number, reason: string, message: string) => {
  const body = JSON.stringify(status(code, reason, message));
  return `HTTP/1.1 ${code} ${reason}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};
