import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

const listen = async (server: ReturnType<typeof createTcpServer>) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const join = (left: Socket, right: Socket) => {
  left.pipe(right).pipe(left);
  left.on('error', () => right.destroy());
  right.on('error', () => left.destroy());
};

/** An HTTP proxy that connects where it is told, or refuses with a status. Every name means this machine. */
export const startHttpProxy = async (refuse?: number) => {
  const asked: { target: string; authorization: string | undefined }[] = [];
  const server = createServer();
  server.on('connect', (request, socket) => {
    asked.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    if (refuse !== undefined) return socket.end(`HTTP/1.1 ${refuse} No\r\ncontent-length: 0\r\n\r\n`);
    const port = Number(request.url?.split(':').at(-1));
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      join(upstream, socket as Socket);
    });
    return undefined;
  });
  return { asked, host: await listen(server) };
};

/** A SOCKS 5 proxy; with `password` it wants user and password. Every name means this machine. */
export const startSocksProxy = async (password?: string) => {
  const asked: string[] = [];
  const server = createTcpServer(async (socket) => {
    socket.on('error', () => {});
    const read = async (size: number) => {
      for (;;) {
        const bytes = socket.read(size) as Buffer | null;
        if (bytes) return bytes;
        await new Promise((resolve) => socket.once('readable', resolve));
      }
    };
    const text = async () => (await read((await read(1))[0] ?? 0)).toString();
    await read((await read(2))[1] ?? 0);
    socket.write(Buffer.from([5, password === undefined ? 0 : 2]));
    if (password !== undefined) {
      await read(1);
      await text();
      const right = (await text()) === password;
      socket.write(Buffer.from([1, right ? 0 : 1]));
      if (!right) return socket.end();
    }
    await read(4);
    const host = await text();
    const port = (await read(2)).readUInt16BE();
    asked.push(`${host}:${port}`);
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
      join(upstream, socket);
    });
    return undefined;
  });
  return { asked, host: await listen(server) };
};
