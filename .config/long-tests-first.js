import Sequencer from '@jest/test-sequencer';

/** Files that take a minute and more. Whichever of them began last would keep everybody waiting while the other workers idle. */
const LONG = [
  'test/browser/accessibility',
  'test/isolation/egress',
  'test/isolation/planted-secrets',
  'test/browser/narrow-screens',
  'test/journeys/nothing-is-lost',
  'test/journeys/start-up',
  'test/journeys/money',
];

/** On a machine that has run the tests before, Jest knows by itself what is long. */
export default class LongTestsFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const place = LONG.findIndex((name) => path.includes(name));
      return place < 0 ? LONG.length : place;
    };
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
}
