import type { IncomingMessage, ServerResponse } from 'node:http';
import { merged } from '../../../src/change/merge.js';
import type { Json, JsonObject } from '../../../src/domain/json.js';
import { isObject } from '../../../src/domain/json.js';
import { json, status } from '../../ports/live/imitation/api.js';
import { endpoint, slice } from '../../steps/shop.js';
import { nameOf } from '../../support/selectors.js';
import { openShop } from './open-shop.js';
import type { ShopOptions } from './shop-api.js';
import { type Objects, wrongSelector } from './shop-objects.js';

type Draft = { -readonly [K in keyof Objects]: Objects[K] };

export interface ChangingShop {
  /** Answers a change in the place of the API server; true when it has. */
  instead?(request: IncomingMessage, response: ServerResponse, dry: boolean): boolean;
  /** The selector that brings the endpoints back; nothing does, where it is absent. */
  readonly cure?: JsonObject;
  readonly objects?: Objects;
  readonly exec?: ShopOptions['exec'];
  /** Told after every change whether the Service has endpoints. */
  readonly onSettled?: (works: boolean) => void;
}

const bodyOf = async (request: IncomingMessage): Promise<JsonObject> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as JsonObject;
};

/** A shop whose Services can be changed, as an API server does it: with versions, conditions and dry runs. */
export const openChangingShop = async (options: ChangingShop = {}) => {
  const objects: Draft = { ...(options.objects ?? wrongSelector) };
  const sent: { method: string; dry: boolean; body: JsonObject }[] = [];
  let version = 100;
  const versioned = (service: object, at = version) => {
    const { metadata = {}, ...rest } = service as JsonObject;
    return { ...rest, metadata: { ...(metadata as JsonObject), resourceVersion: String(at) } };
  };
  objects.services = (objects.services ?? []).map((one) => versioned(one));

  const settle = (changed: JsonObject) => {
    const { selector = null } = changed.spec as { selector?: Json };
    const cures = options.cure !== undefined && JSON.stringify(selector) === JSON.stringify(options.cure);
    options.onSettled?.(cures);
    objects.endpointslices = [slice(cures ? [endpoint('cart-1'), endpoint('cart-2')] : [])];
  };

  const change = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop');
    const body = await bodyOf(request);
    const dry = searchParams.get('dryRun') === 'All';
    sent.push({ method: request.method ?? '', dry, body });
    if (options.instead?.(request, response, dry)) return;
    const name = pathname.split('/').at(-1) ?? '';
    const now = objects.services?.find((one) => nameOf(one) === name) as JsonObject;
    const { resourceVersion, ...metadata } = isObject(body.metadata) ? body.metadata : {};
    if (resourceVersion !== (now.metadata as JsonObject).resourceVersion) {
      json(
        response,
        409,
        status(409, 'Conflict', `Operation cannot be fulfilled on services "${name}": the object has been modified`),
      );
      return;
    }
    const patched = versioned(merged(now, { ...body, metadata }), dry ? version : version + 1);
    if (!dry) {
      version += 1;
      objects.services = (objects.services ?? []).map((one) => (nameOf(one) === name ? patched : one));
      settle(patched);
    }
    json(response, 200, patched);
  };

  const shop = await openShop({
    objects,
    ...(options.exec && { exec: options.exec }),
    instead: (request, response) => {
      const isChange = request.method !== 'GET' && !(request.url ?? '').endsWith('/selfsubjectrulesreviews');
      if (isChange) void change(request, response);
      return isChange;
    },
  });
  return {
    ...shop,
    sent,
    /** Somebody else changes the Service. */
    meddle: (spec: JsonObject) => {
      version += 1;
      objects.services = (objects.services ?? []).map((one) =>
        nameOf(one) === 'cart' ? versioned(merged(one as JsonObject, { spec })) : one,
      );
    },
    selector: () => {
      const cart = objects.services?.find((one) => nameOf(one) === 'cart') as { spec: { selector: JsonObject } };
      return cart.spec.selector;
    },
  };
};
