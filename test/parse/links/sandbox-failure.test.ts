import fc from 'fast-check';
import { expect, it } from 'vitest';
import { missingPlugin, sandboxFailure, sandboxFailureSchema } from '../../../src/parse/links/sandbox-failure.js';

const setup =
  'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "1c52": ';

// From public threads: flannel-io/flannel#2253, containernetworking/plugins#498, k3s-io/k3s#4682, cilium/cilium#10627.
it.each([
  ['plugin-missing', 'plugin type="flannel" failed (add): failed to find plugin "bridge" in path [/opt/cni/bin]'],
  ['no-lease-file', 'plugin type="flannel" failed (add): loadFlannelSubnetEnv failed: open /run/flannel/subnet.env'],
  [
    'old-bridge-address',
    'plugin type="flannel" failed (add): failed to delegate add: failed to set bridge addr: "cni0" already has an IP address different from 10.244.4.1/24',
  ],
  [
    'addresses-used-up',
    'plugin type="calico" failed (add): failed to request IPv4 addresses: Assigned 0 out of 1 requested IPv4 addresses; No IPs available in pools: [10.99.9.0/29]',
  ],
  [
    'addresses-used-up',
    'plugin type="host-local" failed (add): failed to allocate for range 0: no IP addresses available in range set: 10.244.1.1-10.244.1.254',
  ],
  [
    'addresses-used-up',
    'unable to allocate IP via local cilium agent: [POST /ipam][502] postIpamFailure range is full',
  ],
  [
    'agent-unreachable',
    'plugin type="cilium-cni" failed (add): unable to connect to Cilium agent: failed to create cilium agent client',
  ],
  ['agent-unreachable', 'stat /var/lib/calico/nodename: no such file or directory: check that calico/node is running'],
  // aws/amazon-vpc-cni-k8s#3264.
  [
    'subnet-used-up',
    'plugin type="aws-cni" name="aws-cni" failed (add): add cmd: failed to assign an IP address to container',
  ],
  ['network-not-ready', 'network plugin is not ready: cni config uninitialized'],
  ['failed-otherwise', 'plugin type="loopback" failed (add): operation not permitted'],
])('%s: %s', (word, message) => expect(sandboxFailure(setup + message)).toBe(word));

it('reads what a node says of itself', () => {
  const message =
    'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';
  expect(sandboxFailure(message)).toBe('network-not-ready');
});

it.each([
  'Back-off pulling image "cart:2"',
  'Readiness probe failed: connection refused',
  'Successfully assigned shop/cart to node-a',
  '',
])('has nothing to say of %j', (message) => expect(sandboxFailure(message)).toBeUndefined());

it('names the plugin', () => {
  expect(missingPlugin('failed to find plugin "bridge" in path [/opt/cni/bin]')).toBe('bridge');
  expect(missingPlugin('failed to find plugins')).toBeUndefined();
});

it('answers any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
      const word = sandboxFailure(text);
      expect(word === undefined || sandboxFailureSchema.options.includes(word)).toBe(true);
    }),
  );
});
