import { type ChildProcess, spawn } from 'node:child_process';
import { freePort } from '../databases/index.ts';
import { EXAMPLE, type VirtualEnvironment } from './virtual-environment.ts';

export interface FlaskOptions {
  readonly environment: VirtualEnvironment;
  /** In SQLAlchemy's spelling: `postgresql+psycopg2://…`. */
  readonly databaseUrl: string;
  /** Given: the app signs tokens for Cordon with it. */
  readonly tokenSecret?: string;
}

const START_TIMEOUT_MS = 30_000;

/** The example app, running. */
export class FlaskApp {
  readonly #child: ChildProcess;
  readonly #url: string;
  #log = '';

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.#url = url;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#log += text;
    });
    process.once('exit', this.#kill);
  }

  static async start({ environment, databaseUrl, tokenSecret }: FlaskOptions): Promise<FlaskApp> {
    const port = await freePort();
    const child = spawn(environment.python, ['-m', 'flask', '--app', 'app', 'run', '--port', String(port)], {
      cwd: EXAMPLE,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env.PATH,
        PYTHONDONTWRITEBYTECODE: '1',
        SHOP_SECRET_KEY: 'signs the session cookies of the test',
        DATABASE_URL: databaseUrl,
        ...(tokenSecret === undefined ? {} : { CORDON_TOKEN_SECRET: tokenSecret }),
      },
    });
    const app = new FlaskApp(child, `http://127.0.0.1:${port}`);
    await app.#untilReady();
    return app;
  }

  /** `http://127.0.0.1:PORT` */
  get url(): string {
    return this.#url;
  }

  visitor(): Visitor {
    return new Visitor(this.#url);
  }

  /** What the app has logged so far. */
  log(): string {
    return this.#log;
  }

  async stop(): Promise<void> {
    process.off('exit', this.#kill);
    if (this.#child.exitCode !== null) return;
    const exit = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill();
    await exit;
  }

  readonly #kill = () => {
    this.#child.kill();
  };

  async #untilReady(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!this.#log.includes('Running on')) {
      if (this.#child.exitCode !== null || Date.now() > deadline) throw new Error(`no Flask: ${this.#log}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
}

/** A browser: it keeps its cookie. */
export class Visitor {
  readonly #url: string;
  #cookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  /** What the browser sends as its cookie header. */
  get cookie(): string {
    return this.#cookie;
  }

  get(path: string, parameters: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const query = new URLSearchParams(parameters).toString();
    return this.#send('GET', query === '' ? path : `${path}?${query}`);
  }

  post(path: string, body: unknown = {}): Promise<Answer> {
    return this.#send('POST', path, body);
  }

  patch(path: string, body: unknown): Promise<Answer> {
    return this.#send('PATCH', path, body);
  }

  async #send(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = { 'content-type': 'application/json', cookie: this.#cookie };
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${this.#url}${path}`, { method, headers, ...content });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.#cookie = cookie.split(';')[0] ?? '';
    const text = await response.text();
    return {
      status: response.status,
      text,
      json: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined,
    };
  }
}
