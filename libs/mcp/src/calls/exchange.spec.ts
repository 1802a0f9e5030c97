import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Response } from 'express';
import { Exchange } from './exchange.js';

/** A response as far as an exchange looks at it. */
class FakeResponse extends EventEmitter {
  destroyed = false;
  writableNeedDrain = false;
}

describe('One request of a client', () => {
  let response: FakeResponse;
  let exchange: Exchange;
  let silences: number;

  beforeEach(() => {
    response = new FakeResponse();
    exchange = new Exchange('session', response as unknown as Response);
    silences = 0;
    exchange.onSilent = () => (silences += 1);
  });

  it('gives up all its calls when its client hangs up', () => {
    const calls = [exchange.begin(1), exchange.begin('two')];
    response.emit('close');
    expect(calls.map(({ reason }) => reason)).toEqual(['hung-up', 'hung-up']);
    expect(calls.every(({ signal }) => signal.aborted)).toBe(true);
  });

  it('cancels the call that is named, and no other of the same look', () => {
    const [number, text] = [exchange.begin(1), exchange.begin('1')];
    expect(exchange.cancel(1)).toBe(true);
    expect([number.reason, text.reason]).toEqual(['cancelled', null]);
    expect(exchange.cancel(2)).toBe(false);
  });

  it('keeps the first reason to stop', () => {
    const call = exchange.begin(1);
    exchange.cancel(1);
    exchange.stop('draining');
    expect(call.reason).toBe('cancelled');
  });

  it('has nothing more to say once its last call is over and one of them was cancelled', async () => {
    for (const id of [1, 2]) exchange.begin(id);
    exchange.cancel(1);
    exchange.end(1);
    await sleep(5);
    expect(silences).toBe(0);
    exchange.end(2);
    await sleep(5);
    expect(silences).toBe(1);
  });

  it('begins no call for a client that has gone already', () => {
    response.destroyed = true;
    expect(exchange.begin(1).reason).toBe('hung-up');
  });

  it('stops a call in a while, unless that is called off', async () => {
    const [late, spared] = [exchange.begin(1), exchange.begin(2)];
    late.after(5, 'too-slow');
    spared.after(5, 'waiting');
    spared.callOff('waiting');
    await sleep(20);
    expect([late.reason, spared.reason]).toEqual(['too-slow', null]);
    late.after(5, 'waiting');
    exchange.end(1);
    await sleep(20);
    expect(late.reason).toBe('too-slow');
  });
});
