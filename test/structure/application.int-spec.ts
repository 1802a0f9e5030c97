import { ModulesContainer } from '@nestjs/core';
import { getMetadataArgsStorage } from 'typeorm';
import { BullWorkQueue, InProcessQueue } from '#platform/queue';
import { OrgScopedEntity } from '#tenancy';
import { type Route, routesOf } from '../support/application-routes.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';
import { filesUnder, read } from './project-files.js';

/** Rows of an organisation that are not `OrgScopedEntity`, and why. */
const OTHERWISE_SCOPED: Readonly<Record<string, string>> = {
  ExecutionStep: 'its key is the run and the path; only the journal writes it and takes the organisation from the run',
  ExecutionLog: 'its key is the run and the sequence number; only the journal writes it',
};

/** Walks what was really built, so that what is added later is looked at by itself. Real: application and embedded database. */
describe('the application', () => {
  const consumed = new Map<object, number>();
  const consumes = [InProcessQueue, BullWorkQueue].map(({ prototype }) => ({ prototype, consume: prototype.consume }));
  let running: InProcess;
  let routes: Route[];

  beforeAll(async () => {
    for (const { prototype, consume } of consumes) {
      prototype.consume = function (this: InProcessQueue<never> & BullWorkQueue<never>, ...handler) {
        consumed.set(this, (consumed.get(this) ?? 0) + 1);
        consume.apply(this, handler);
      };
    }
    running = await startInProcess('embedded');
    routes = routesOf(running.app);
  });

  afterAll(async () => {
    await running?.stop();
    for (const { prototype, consume } of consumes) prototype.consume = consume;
  });

  it('says of every route who may use it', () => {
    const open = routes.filter(({ handler, access }) => handler !== null && access === null);
    expect(
      open.map(
        ({ method, path, handler }) =>
          `${method} ${path}: add @RequirePermission('…'), @Authenticated() or @Public() above ${handler}()`,
      ),
    ).toEqual([]);
    expect(routes.filter(({ access }) => access?.kind === 'permission').length).toBeGreaterThan(30);
  });

  it('asks for no permission that nobody can have', async () => {
    const asked = routes.flatMap(({ access }) => (access?.kind === 'permission' ? [access.permission] : []));
    const [declared = ''] = /PERMISSIONS = \[[^\]]*\]/.exec(read('libs/auth/src/permission.ts')) ?? [];
    const unknown = [...new Set(asked)].filter((permission) => !declared.includes(`'${permission}'`));
    expect(unknown.map((permission) => `${permission}: add it to PERMISSIONS in libs/auth/src/permission.ts`)).toEqual(
      [],
    );
  });

  it('has one handler for every route', () => {
    const names = routes.map(({ method, path }) => `${method} ${path}`);
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    expect(twice.map((name) => `${name} is declared twice; the second one is never reached`)).toEqual([]);
  });

  it('has one handler for every queue', () => {
    const queues = new Map<object, string>();
    for (const { providers } of running.app.get(ModulesContainer).values()) {
      for (const [token, { instance }] of providers) {
        if (instance instanceof InProcessQueue || instance instanceof BullWorkQueue)
          queues.set(instance, String(token));
      }
    }
    expect(queues.size).toBeGreaterThan(0);
    const wrong = [...queues].filter(([queue]) => consumed.get(queue) !== 1);
    expect(
      wrong.map(
        ([queue, token]) =>
          `${token} has ${consumed.get(queue) ?? 0} handlers: call consume() once, in the *.processor.ts of its domain, and list that in its *-worker.module.ts`,
      ),
    ).toEqual([]);
    expect([...consumed.keys()].filter((queue) => !queues.has(queue))).toEqual([]);
  });

  it('has one lib that owns each entity', () => {
    const files = filesUnder('libs').filter((path) => path.endsWith('.entity.ts'));
    const wrong = entities().flatMap(({ name }) => {
      const owners = files.filter((path) => new RegExp(`^export class ${name}\\b`, 'm').test(read(path)));
      return owners.length === 1
        ? []
        : [`${name}: declare it in one libs/<domain>/src/*.entity.ts (found ${owners.join(', ') || 'none'})`];
    });
    expect(wrong).toEqual([]);
  });

  it('knows every entity that is written down', () => {
    const known = new Set(entities().map(({ name }) => name));
    const written = filesUnder('libs')
      .filter((path) => path.endsWith('.entity.ts'))
      .flatMap((path) =>
        [...read(path).matchAll(/^@Entity\([^]*?^export class (\w+)/gm)].map((match) => ({
          path,
          name: match[1] ?? '',
        })),
      );
    expect(written.length).toBeGreaterThan(10);
    const unused = written.filter(({ name }) => !known.has(name));
    expect(
      unused.map(({ path }) => `${path}: nothing imports it; use it in a repository of its lib, or delete it`),
    ).toEqual([]);
  });

  it('makes every row of an organisation an OrgScopedEntity, or says why not', () => {
    const scoped = entities().filter(
      ({ target, name }) =>
        !(target.prototype instanceof OrgScopedEntity) &&
        !(name in OTHERWISE_SCOPED) &&
        running.foundation.database.dataSource
          .getMetadata(target)
          .columns.some(({ propertyName }) => propertyName === 'orgId'),
    );
    const advice = 'extend OrgScopedEntity, or say in OTHERWISE_SCOPED of this file why it cannot';
    expect(scoped.map(({ name }) => `${name}: ${advice}`)).toEqual([]);
    const names = entities().map(({ name }) => name);
    expect(Object.keys(OTHERWISE_SCOPED).filter((name) => !names.includes(name))).toEqual([]);
  });
});

function entities(): { name: string; target: new () => object }[] {
  return getMetadataArgsStorage().tables.map(({ target }) => {
    const entity = target as new () => object;
    return { name: entity.name, target: entity };
  });
}
