import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How a connection is ended from the server's side. */
export type Ending = 'reset' | 'fin';

interface Connection {
  readonly socket: Socket;
  requests: number;
}

/** The open TCP connections of a server, so that one can be broken below TLS and HTTP. */
export class Connections {
  /** By the client's port, which is unique because every client is on this machine. */
  readonly #byPort = new Map<number, Connection>();

  constructor(server: Pick<Server, 'on'>) {
    // On a TLS server this event gives the raw socket, before the handshake.
    server.on('connection', socket => {
      const port = socket.remotePort;
      if (port === undefined) return;
      this.#byPort.set(port, { socket, requests: 0 });
      socket.once('close', () => this.#byPort.delete(port));
    });
  }

  /** Counts a request on its connection: 1 for the first. */
  countRequest(remotePort: number): number {
    const connection = this.#byPort.get(remotePort);
    if (connection === undefined) return 1;
    connection.requests += 1;
    return connection.requests;
  }

  /** Breaks a connection at once, without a word from TLS or HTTP. */
  end(remotePort: number, how: Ending): void {
    const socket = this.#byPort.get(remotePort)?.socket;
    if (how === 'reset') socket?.resetAndDestroy();
    else socket?.destroy();
  }

  endAll(): void {
    for (const { socket } of this.#byPort.values()) socket.destroy();
  }
}
