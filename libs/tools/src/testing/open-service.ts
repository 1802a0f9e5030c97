import { ServiceServer } from './service-server.js';

/** A service for the tests of a file, which knows no routes at the beginning of each. */
export function openService(): { readonly server: ServiceServer } {
  const service = {} as { server: ServiceServer };
  beforeAll(async () => {
    service.server = await ServiceServer.start();
  });
  beforeEach(() => service.server.reset());
  afterAll(() => service.server.close());
  return service;
}
