import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

/** `/metrics` for Prometheus and `/healthz` for whoever starts the gateway; on the loopback address, away from clients. */
export class MonitorServer {
  readonly #registry: Registry;
  readonly #isHealthy: () => boolean;
  readonly #server: Server;

  constructor(registry: Registry, isHealthy: () => boolean) {
    this.#registry = registry;
    this.#isHealthy = isHealthy;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  get address(): AddressInfo | undefined {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address : undefined;
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host: '127.0.0.1', port }, () => resolve());
    });
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #answer({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (method !== 'GET') return send(response, 405, 'text/plain', 'only GET is answered\n');
    if (url === '/metrics')
      return send(response, 200, this.#registry.contentType, await this.#registry.metrics());
    if (url !== '/healthz') return send(response, 404, 'text/plain', 'there are /metrics and /healthz\n');
    const healthy = this.#isHealthy();
    return send(response, healthy ? 200 : 503, 'text/plain', healthy ? 'ok\n' : 'not ready\n');
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}
