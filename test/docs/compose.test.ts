/** What can be told of `compose.yaml` and the workflows without running a container. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { pathOf, read } from './markdown.ts';

interface Service {
  readonly image?: string;
  readonly build?: { readonly dockerfile_inline: string };
  readonly command?: string | readonly string[];
  readonly entrypoint?: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: unknown;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, object>>;
}

const TEXT = read('compose.yaml');
const { services, volumes } = parse(TEXT, { merge: true }) as Compose;
const all = Object.entries(services);
const nodes = all.filter(([, { command }]) => typeof command === 'string' && command.startsWith('start '));

describe('compose.yaml', () => {
  it('has three secure nodes that know each other, each with a region and certificates of its own', () => {
    expect(nodes.map(([name]) => name)).toEqual(['roach1', 'roach2', 'roach3']);
    for (const [name, { command, volumes: mounted }] of nodes) {
      expect(command).toContain('--certs-dir=/certs');
      expect(command).toContain('--join=roach1,roach2,roach3');
      expect(mounted).toContain(`${name}-certs:/certs`);
    }
    const regions = nodes.map(([, { command }]) => /--locality=region=(\S+)/.exec(String(command))?.[1]);
    expect(new Set(regions).size).toBe(3);
    expect(TEXT).not.toMatch(/--insecure|sslmode=(disable|require)|accept-sql-without-tls/);
  });

  it('pins every image', () => {
    const images = all.flatMap(
      ([, { image, build }]) => image ?? /FROM (\S+)/.exec(build?.dockerfile_inline ?? '')?.[1] ?? [],
    );
    expect(images.length).toBe(all.length);
    expect(images.filter((image) => !/:v?\d+\.\d+\.\d+/.test(image))).toEqual([]);
  });

  it('mounts what there is, and publishes on the loopback address alone', () => {
    for (const [, { volumes: mounted = [], ports = [] }] of all) {
      for (const [source = ''] of mounted.map((mount) => mount.split(':')))
        expect(source.startsWith('.') ? existsSync(pathOf(source)) : source in volumes, source).toBe(true);
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
  });

  it('gives Cordon the role of the application, and the tests alone the one of the operator', () => {
    expect(services.cordon?.volumes).toEqual(['application:/certs:ro']);
    expect(services.tests?.volumes).toEqual(['operator:/certs:ro']);
    const command = (services.cordon?.command ?? []) as readonly string[];
    expect(command).toContain('--upstream=postgres://app@roach1:26257/shop');
    expect(command.filter((word) => /tls=|password/i.test(word))).toEqual([]);
    const files = command.flatMap((word) => /=(examples\/\S+)$/.exec(word)?.[1] ?? []);
    expect(files.filter((file) => !existsSync(pathOf(file)))).toEqual([]);
  });

  it('its scripts are scripts of the shell', () => {
    const scripts = all.flatMap(([, { entrypoint, command }]) =>
      entrypoint?.includes('-ec') === true && Array.isArray(command) ? command : [],
    );
    expect(scripts.length).toBe(2);
    for (const script of scripts)
      execFileSync('bash', ['-n'], {
        input: script.replaceAll('$$', '$'),
        stdio: ['pipe', 'ignore', 'pipe'],
      });
  });
});

describe('workflows', () => {
  const folder = '.github/workflows/';
  const files = readdirSync(pathOf(folder));

  it.each(files)('%s calls scripts that there are, with no more rights than to read', (file) => {
    const text = read(`${folder}${file}`);
    const workflow = parse(text) as { readonly permissions: object; readonly jobs: object };
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: object };
    const called = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = '']) => name);
    expect(called.filter((name) => !(name in scripts))).toEqual([]);
    for (const [, path = ''] of text.matchAll(/run: (\.\S+)/g)) expect(existsSync(pathOf(path))).toBe(true);
  });
});
