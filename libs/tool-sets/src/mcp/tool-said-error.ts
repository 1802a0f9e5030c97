import { StepError } from '#kernel';
import { cleanText } from '../clean-text.js';

const MAX_SAID = 2_000;

/** A tool that says of itself that it failed. That is an answer, so its outcome is known; a model reads the words. */
export function toolSaidError(service: string, text: string): StepError {
  const said = cleanText(text, MAX_SAID);
  const message = said === '' ? `${service} says that the tool failed, and no more.` : said;
  return new StepError({ code: 'tool.failed', message, retryable: false });
}
