import { StepError } from '#kernel';

interface Mail {
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly subject?: string;
  readonly body: string;
  readonly inReplyTo?: string | null;
  readonly references?: string;
}

const BASE64_LINE = 76;

/** A mail of plain text as Gmail takes it: RFC 5322 in base64url. @throws StepError for a value that would add a header */
export function rawMail({ to = [], cc = [], subject = '', body, inReplyTo, references }: Mail): string {
  const lines = [
    `To: ${header(to.join(', '))}`,
    ...(cc.length > 0 ? [`Cc: ${header(cc.join(', '))}`] : []),
    `Subject: ${encodedWord(header(subject))}`,
    ...(inReplyTo ? [`In-Reply-To: ${header(inReplyTo)}`] : []),
    ...(references ? [`References: ${header(references)}`] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(body)
      .toString('base64')
      .match(new RegExp(`.{1,${BASE64_LINE}}`, 'g')) ?? []),
  ];
  return Buffer.from(lines.join('\r\n')).toString('base64url');
}

function header(value: string): string {
  if (!/[\r\n\0]/.test(value)) return value;
  throw new StepError({
    code: 'tool.invalid',
    message: 'Addresses and subject must not contain line breaks.',
    retryable: false,
  });
}

/** RFC 2047, where there is more than ASCII. */
function encodedWord(text: string): string {
  return /^[\u0020-\u007e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
}
