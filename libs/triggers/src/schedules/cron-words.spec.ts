import { cronInWords } from './cron-words.js';

describe('A cron expression in words', () => {
  it.each([
    ['* * * * *', 'Every minute'],
    ['*/15 * * * *', 'Every 15 minutes'],
    ['30 * * * *', 'Every hour at :30'],
    ['5,35 * * * *', 'Every hour at :05 and :35'],
    ['@daily', 'At 00:00'],
    ['0 9 * * MON-FRI', 'At 09:00, Monday to Friday'],
    ['0 9,17 * * 1,3', 'At 09:00 and 17:00, Monday and Wednesday'],
    ['30 2 1 * *', 'At 02:30, on day 1 of the month'],
    ['0 0 L * *', 'At 00:00, on the last day of the month'],
    ['0 0 1,15 * *', 'At 00:00, on day 1 and 15 of the month'],
    ['0 12 13 * FRI', 'At 12:00, on day 13 of the month or Friday'],
    ['0 6 * 1,jul *', 'At 06:00, in January and July'],
    ['0 */2 * * *', 'At :00 in every second hour'],
    ['*/10 8-17 * * *', 'Every 10 minutes in the hours from 08 to 17'],
    ['* 8-9,14 * * *', 'Every minute in the hours from 08 to 09 and 14'],
    ['0 0 * * SUN', 'At 00:00, Sunday'],
    ['0 0 * * 5#2', 'At 00:00, 5#2'],
    ['nonsense', 'nonsense'],
  ])('%s: %s', (cron, words) => {
    expect(cronInWords(cron)).toBe(words);
  });
});
