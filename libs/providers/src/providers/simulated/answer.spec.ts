import { sampleText } from '../../testing/sample-text.js';
import { answerFrom } from './answer.js';

describe('answerFrom', () => {
  it.each([
    ['When will the first streets be closed?', 'The first streets will be closed in March 2027.'],
    ['How much money did the council set aside?', 'The council set aside 14.5 million euros for the conversion.'],
    ['Who runs a bookshop?', '"We were not heard," said Martina Vogel, who runs a bookshop on Grimmaische Straße.'],
    ['Who will collect signatures?', 'Critics announced that they would collect signatures for a referendum.'],
  ])('answers %j', (question, answer) => expect(answerFrom(sampleText('news'), question)).toBe(answer));

  it.each([
    ['Wie lange hat die Kundin gewartet?', '20 Minuten'],
    ['Was zeigt die Sendungsverfolgung an?', 'zugestellt'],
  ])('answers %j', (question, answer) => expect(answerFrom(sampleText('beschwerde'), question)).toContain(answer));

  it('admits that the text is silent', () => {
    expect(answerFrom(sampleText('news'), 'What is the colour of the new trams?')).toBeUndefined();
    expect(answerFrom('', 'Who?')).toBeUndefined();
  });
});
