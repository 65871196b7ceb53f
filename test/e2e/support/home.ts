import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/temporary.js';

/** Somebody's machine: a home with nothing in it, and nothing inherited from whoever runs the tests. */
export const freshHome = async () => {
  const home = await temporaryFolder();
  const state = join(home, 'state');
  const sessions = join(state, 'net-triage/sessions');
  const ids = () => (existsSync(sessions) ? readdirSync(sessions).toSorted() : []);
  return {
    home,
    state,
    env: { HOME: home, XDG_STATE_HOME: state, PATH: '/usr/bin:/bin', TZ: 'UTC', LANG: 'C.UTF-8' },
    ids,
    /** The folder of the only session, or of the one that is named. */
    session: (id = ids()[0] ?? 'none') => join(sessions, id),
    write: (name: string, text: string) => {
      const path = join(home, name);
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    },
  };
};

/** A kubeconfig of the shop, as JSON, which is YAML too. */
export const kubeconfigFor = (server: string, user: object = {}) =>
  JSON.stringify({
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'shop-test' },
    clusters: [{ name: 'shop', cluster: { server } }],
    users: [{ name: 'cashier', user }],
    contexts: [{ name: 'shop-test', context: { cluster: 'shop', user: 'cashier', namespace: 'shop' } }],
  });

/** Every file below a folder with its text. */
export const filesBelow = (folder: string): { path: string; text: string }[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => ({ path, text: readFileSync(path, 'latin1') }));
