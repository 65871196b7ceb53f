import { z } from 'zod';
import { type Links, linksSchema } from './link.js';
import { parseLinks } from './links.js';
import { type Neighbours, neighboursSchema, parseNeighbours } from './neighbours.js';
import { parseRoutes, type Routes, routesSchema } from './routes.js';

export const podNetworkSchema = z.strictObject({
  links: linksSchema,
  routes: routesSchema,
  neighbours: neighboursSchema,
});
export interface PodNetwork {
  links: Links;
  routes: Routes;
  neighbours: Neighbours;
}

const parts = ['links', 'routes', 'neighbours'] as const;
const headings: readonly string[] = parts.map((name) => `== ${name}`);

/** The text below each "== NAME" line; `undefined` where the script ended before it. */
const below = (text: string, name: string): string | undefined => {
  const lines = text.split('\n');
  const start = lines.indexOf(`== ${name}`);
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => headings.includes(line));
  return rest.slice(0, end < 0 ? undefined : end).join('\n');
};

const unread = { rows: [], understood: false, strange: [] };

/** Three tables of one network, each under its name. */
export const parsePodNetwork = (text: string): PodNetwork => {
  const [links, routes, neighbours] = parts.map((name) => below(text, name));
  return {
    links: links === undefined ? unread : parseLinks(links),
    routes: routes === undefined ? unread : parseRoutes(routes),
    neighbours: neighbours === undefined ? unread : parseNeighbours(neighbours),
  };
};
