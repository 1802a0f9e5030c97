import { readFileSync } from 'node:fs';
import type { Fixture, FixtureRequest } from './fixture-server.js';

/** A recorded reply by its file name. */
export function fixtureNamed(name: string): string {
  return readFileSync(new URL(`../providers/openai/__fixtures__/${name}`, import.meta.url), 'utf8');
}

/** Streams and whole replies of one recording, chosen by what the request asks for. */
export function recording(name: string, request: FixtureRequest, more: Partial<Fixture> = {}): Fixture {
  return request.body['stream'] === true
    ? { contentType: 'text/event-stream; charset=utf-8', body: fixtureNamed(`${name}.chunks.txt`), ...more }
    : { contentType: 'application/json', body: fixtureNamed(`${name}.json`), ...more };
}
