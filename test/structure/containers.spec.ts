import { parse } from 'yaml';
import { ENVIRONMENT } from '#platform/config';
import { read } from './project-files.js';

interface Service {
  image?: string;
  build?: { dockerfile: string };
  ports?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test: string[] };
  command?: string[];
}

const compose = parse(read('docker-compose.yml'), { merge: true }) as { services: Record<string, Service> };
const services = Object.entries(compose.services);
const dockerfile = read('apps/api/Dockerfile');
const stages = [...dockerfile.matchAll(/^FROM (\S+)(?: AS (\S+))?$/gm)].map((match) => ({
  image: match[1]!,
  name: match[2],
}));

describe('docker-compose.yml', () => {
  it('brings api, worker, PostgreSQL and Redis', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['api', 'postgres', 'redis', 'worker']);
  });

  it.each(services)('knows when %s is healthy', (_name, service) => {
    expect(service.healthcheck?.test.length).toBeGreaterThan(1);
  });

  it.each(services)('names one version of the image of %s', (_name, service) => {
    expect(service.image).toMatch(/:(?!latest$)[\w.-]*\d[\w.-]*$/);
  });

  it.each(services)('opens ports of %s on this machine only', (_name, service) => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it.each(services)('gives %s no secret of its own', (_name, service) => {
    const secrets = Object.entries(service.environment ?? {}).filter(([name]) => /SECRET|KEY|PASSWORD/.test(name));
    for (const [, value] of secrets) expect(value).toMatch(/^\$\{[A-Z_]+:\?.+\}$/);
  });

  it.each(['api', 'worker'])('gives %s only settings that AgentFlow knows', (name) => {
    const given = Object.keys(compose.services[name]!.environment!);
    expect(given.filter((setting) => !(setting in ENVIRONMENT))).toEqual([]);
  });

  it('keeps Redis from evicting or losing jobs', () => {
    expect(compose.services['redis']!.command!.join(' ')).toMatch(/--maxmemory-policy noeviction --appendonly yes/);
  });
});

describe('apps/api/Dockerfile', () => {
  it('names one version of every base image', () => {
    const outside = stages.filter((stage) => !stages.some((other) => other.name === stage.image));
    for (const { image } of outside) expect(image).toMatch(/:(?!latest$)[\w.-]*\d[\w.-]*$/);
  });

  it('runs without rights and knows when it is healthy', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    expect(last).toMatch(/^USER (?!root)\w+$/m);
    expect(last).toMatch(/^HEALTHCHECK /m);
  });

  it('installs exactly what the lockfile says', () => {
    expect(dockerfile).toMatch(/npm ci/);
    expect(dockerfile).not.toMatch(/npm (install|i) /);
  });
});
