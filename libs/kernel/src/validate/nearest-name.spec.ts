import { nearestName } from './nearest-name.js';

describe('the name that was meant', () => {
  it.each([
    ['transfrom', 'transform'],
    ['Size', 'size'],
    ['sie', 'size'],
    ['sizes', 'size'],
  ])('for %s is %s', (written, meant) => {
    expect(nearestName(written, ['start', 'size', 'transform'])).toBe(meant);
  });

  it('is the nearest of several', () => {
    expect(nearestName('step12', ['step4567', 'step1', 'step13x'])).toBe('step1');
  });

  it('is none when nothing is near', () => {
    expect(nearestName('summary', ['start', 'size', 'transform'])).toBeUndefined();
    expect(nearestName('', ['start'])).toBeUndefined();
  });
});
