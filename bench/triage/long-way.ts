import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * A way of some length to a server, for a kernel that delays nothing: a port of 127.0.0.1 that hands on what it gets, each
 * piece `milliseconds` later and in its order, in both directions. Prints its port, and ends with its standard input.
 */
const [address = '', port = '', milliseconds = '0'] = process.argv.slice(2);

const later = (from: Socket, to: Socket) => {
  const wait = (work: () => void) => setTimeout(work, Number(milliseconds));
  from.on('data', (piece) => wait(() => to.writable && to.write(piece)));
  from.on('end', () => wait(() => to.end()));
  from.on('error', () => to.destroy());
};

const server = createServer({ allowHalfOpen: true }, (near) => {
  const far = connect({ host: address, port: Number(port), allowHalfOpen: true });
  later(near, far);
  later(far, near);
});
server.listen(0, '127.0.0.1', () => void process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.stdin.resume().on('end', () => process.exit());
