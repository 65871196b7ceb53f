import { holds } from './ranges.js';

interface Route {
  readonly to: string;
  readonly type: string;
}

const lengthOf = ({ to }: Route) => (to === 'default' ? 0 : Number(to.split('/')[1] ?? 128));
const covers = ({ to }: Route, address: string) =>
  to === 'default' || to === address || (to.includes('/') && holds(to, address));

/** The most specific route for an address in a table that no rule stands before, as that of a Pod. */
export const longestRoute = <R extends Route>(routes: readonly R[], address: string): R | undefined =>
  routes
    .filter((route) => route.type === 'unicast' && covers(route, address))
    .toSorted((a, b) => lengthOf(b) - lengthOf(a))[0];
