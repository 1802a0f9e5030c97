import { eventually } from '../testing/eventually.js';
import type { LiveBus } from './live-bus.js';

/** What every bus must do within one process. */
export function describeLiveBus(name: string, create: () => LiveBus): void {
  describe(name, () => {
    let bus: LiveBus;
    let seen: string[];

    beforeEach(() => {
      bus = create();
      seen = [];
    });

    afterEach(() => bus.close());

    it('calls whoever listens to the channel, in order, and nobody else', async () => {
      bus.subscribe('a', (message) => void seen.push(`first ${message}`));
      bus.subscribe('a', (message) => void seen.push(`second ${message}`));
      bus.subscribe('b', () => void seen.push('never'));
      bus.publish('a', '1');
      bus.publish('a', '2');
      await eventually(() => seen.length === 4);
      expect(seen).toEqual(['first 1', 'second 1', 'first 2', 'second 2']);
    });

    it('calls a listener no more once it has stopped, and stopping twice stops nobody else', () => {
      const stop = bus.subscribe('a', () => void seen.push('stopped'));
      bus.subscribe('a', () => void seen.push('goes on'));
      stop();
      stop();
      bus.publish('a', '1');
      expect(seen).toEqual(['goes on']);
    });

    it('knows whether anybody here listens to a channel', () => {
      expect(bus.isHeardHere('a')).toBe(false);
      const stop = bus.subscribe('a', () => undefined);
      expect([bus.isHeardHere('a'), bus.isHeardHere('b')]).toEqual([true, false]);
      stop();
      expect(bus.isHeardHere('a')).toBe(false);
    });

    it('lets a listener stop listening while it is called', () => {
      const stop = bus.subscribe('a', () => {
        seen.push('once');
        stop();
      });
      bus.subscribe('a', () => void seen.push('other'));
      bus.publish('a', '1');
      bus.publish('a', '2');
      expect(seen).toEqual(['once', 'other', 'other']);
    });

    it('takes any text, and a message that nobody wants', () => {
      const text = 'one\ntwo \u0000 \u{1f600} {"a":1}';
      bus.publish('nobody', text);
      bus.subscribe('a', (message) => void seen.push(message));
      bus.publish('a', text);
      expect(seen).toEqual([text]);
    });
  });
}
