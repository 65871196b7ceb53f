import type { IngressClass } from './ingress-class.js';

type Labels = Readonly<Record<string, string>>;

/** Where the Pods of a controller are found. */
export interface ControllerPlace {
  readonly labels: Labels;
  /** Where its own manifest puts it, for those who may not look everywhere. */
  readonly namespaces: readonly string[];
}

const app = 'app.kubernetes.io/name';
const instance = 'app.kubernetes.io/instance';
const component = 'app.kubernetes.io/component';

// By the name that each project's own manifest gives its controller.
const places: Readonly<Record<string, ControllerPlace>> = {
  'k8s.io/ingress-nginx': {
    labels: { [app]: 'ingress-nginx', [component]: 'controller' },
    namespaces: ['ingress-nginx', 'kube-system', 'default'],
  },
  'nginx.org/ingress-controller': {
    labels: { [app]: 'nginx-ingress' },
    namespaces: ['nginx-ingress', 'default'],
  },
  'traefik.io/ingress-controller': { labels: { [app]: 'traefik' }, namespaces: ['traefik', 'kube-system', 'default'] },
  'haproxy-ingress.github.io/controller': {
    labels: { [app]: 'haproxy-ingress' },
    namespaces: ['ingress-controller', 'haproxy-ingress'],
  },
  'ingress-controllers.konghq.com/kong': { labels: { [app]: 'kong' }, namespaces: ['kong'] },
};

/** Load balancers of a provider: no Pod of the cluster passes the requests on. */
const outside = /^(ingress\.k8s\.aws|eks\.amazonaws\.com|k8s\.io\/gce|azure\/application-gateway|ingress\.azure\.io)/;

export const isOutsideController = (controller: string): boolean => outside.test(controller);

/** A chart labels the class as it labels the Pods; without these labels the name of the controller has to do. */
export const controllerPlace = ({ controller, labels }: IngressClass): ControllerPlace | undefined => {
  const usual = places[controller];
  const [name, release, part] = [labels[app], labels[instance], labels[component]];
  if (!name || !release) return usual;
  return {
    labels: { [app]: name, [instance]: release, ...(part && { [component]: part }) },
    namespaces: usual?.namespaces ?? [release, name],
  };
};
