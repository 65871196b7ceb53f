import { expect, it } from 'vitest';
import { idleOrder } from '../../src/domain/balancer-idle.js';

const aws = 'service.beta.kubernetes.io/aws-load-balancer';
const seconds = (annotations: Record<string, string>) => idleOrder({ metadata: { annotations } })?.seconds;

it.each([
  [60, { [`${aws}-connection-idle-timeout`]: '60' }],
  [240, { 'service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout': '4' }],
  [50, { 'loadbalancer.openstack.org/timeout-client-data': '50000' }],
  [120, { [`${aws}-listener-attributes.TCP-443`]: 'tcp.idle_timeout.seconds=120' }],
  // Of several the shortest ends a connection.
  [
    5,
    {
      'loadbalancer.openstack.org/timeout-client-data': '50000',
      'loadbalancer.openstack.org/timeout-member-data': '5000',
    },
  ],
  // No limit, no number, and an attribute of something else.
  [undefined, { [`${aws}-connection-idle-timeout`]: '0' }],
  [undefined, { [`${aws}-connection-idle-timeout`]: 'soon' }],
  [undefined, { [`${aws}-listener-attributes.TCP-443`]: 'routing.http.drop_invalid_header_fields.enabled=true' }],
  [undefined, {}],
])('%s seconds', (wanted, annotations) => expect(seconds(annotations)).toBe(wanted));

it('knows nothing of a Service that is not there', () => expect(idleOrder(undefined)).toBeUndefined());
