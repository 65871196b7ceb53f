import { freshHome, kubeconfigFor } from './home.js';
import { run, start } from './program.js';
import { type ShopOptions, startShop } from './shop-api.js';

export const document = ['--no-input', '-o', 'json'];
export const flow = ['--from', 'pod/checkout', '--to', 'svc/cart'];

/** Somebody with a kubeconfig for a shop of their own, and the program in their hands. */
export const openShop = async (options: ShopOptions = {}, user: object = {}) => {
  const home = await freshHome();
  const api = await startShop(options);
  const access = ['--kubeconfig', home.write('shop.kubeconfig', kubeconfigFor(api.url, user))];
  return {
    home,
    api,
    access,
    /** The program with these words, and nothing added. */
    say: (args: readonly string[], more = {}) => run(args, { env: home.env, ...more }),
    /** `run` for the flow of the shop, as a document. */
    triage: (args: readonly string[] = []) => run(['run', ...document, ...flow, ...access, ...args], home),
    begin: (args: readonly string[] = []) => start(['run', ...document, ...flow, ...access, ...args], home),
    resume: (id = '1') => run(['session', 'resume', id, ...document, ...access], home),
    verify: (id = '1') => run(['session', 'verify', id], home),
  };
};
export type OpenShop = Awaited<ReturnType<typeof openShop>>;
