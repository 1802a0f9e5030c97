import type { EgressRequest, EgressResponse } from '#platform/egress';
import { AppError } from '#platform/errors';
import { toAskedCompletion } from './chat-completion-request.js';
import { PictureFetch } from './picture-fetch.js';
import { toAskedResponse } from './response-request.js';

const PNG = Buffer.from('\x89PNG\r\n\x1a\nand so on', 'latin1');
const GIF = Buffer.from('GIF89a and so on', 'latin1');
const dataUrl = (bytes: Buffer, type = 'image/png'): string => `data:${type};base64,${bytes.toString('base64')}`;

/** A place in the web with one file; what it was asked for. */
class Web {
  readonly asked: EgressRequest[] = [];

  constructor(private readonly answer: () => Promise<{ status: number; body: Buffer }>) {}

  read(...content: object[]) {
    const { turns } = toAskedCompletion({ model: 'm', messages: [{ role: 'user', content: content as never }] });
    return new PictureFetch(this).read(turns, new AbortController().signal);
  }

  async request(asked: EgressRequest): Promise<EgressResponse> {
    this.asked.push(asked);
    return (await this.answer()) as EgressResponse;
  }
}

const web = (body: Buffer = GIF, status = 200): Web => new Web(() => Promise.resolve({ status, body }));
const at = (url: unknown) => ({ type: 'image_url', image_url: { url } });
const text = (words: string) => ({ type: 'text', text: words });

describe('Pictures of a question in OpenAI’s words', () => {
  it('come with it as bytes, those in it and those at an address, in their order', async () => {
    const ground = web();
    expect(await ground.read(text('Which'), at('https://example.org/a'), text('is it?'), at(dataUrl(PNG)))).toEqual([
      {
        role: 'user',
        content: 'Which\nis it?',
        images: [
          { mediaType: 'image/gif', data: GIF.toString('base64') },
          { mediaType: 'image/png', data: PNG.toString('base64') },
        ],
      },
    ]);
    expect(ground.asked.map(({ url }) => url)).toEqual(['https://example.org/a']);
  });

  it('are understood in the newer form as well', async () => {
    const content = [
      { type: 'input_text', text: 'This?' },
      { type: 'input_image', image_url: dataUrl(GIF) },
    ];
    const { turns } = toAskedResponse({ model: 'm', input: [{ role: 'user', content }] });
    expect(await new PictureFetch(web()).read(turns, new AbortController().signal)).toMatchObject([
      { role: 'user', content: 'This?', images: [{ mediaType: 'image/gif' }] },
    ]);
  });

  it('are what their bytes say, whatever they are called', async () => {
    expect(await web().read(at(dataUrl(GIF, 'image/png')))).toMatchObject([{ images: [{ mediaType: 'image/gif' }] }]);
  });

  it.each([
    ['no picture', at(dataUrl(Buffer.from('<svg/>'))), web()],
    ['no picture at the address', at('https://example.org/a'), web(Buffer.from('<html>'))],
    ['nothing at the address', at('https://example.org/a'), web(GIF, 404)],
    ['an address that may not be opened', at('http://169.254.169.254/'), new Web(() => Promise.reject(blocked()))],
    ['no address', at({ nested: true }), web()],
    ['another kind of address', at('file:///etc/passwd'), web()],
    ['no base64', at('data:image/png,abc'), web()],
    ['too many bytes', at(dataUrl(Buffer.concat([PNG, Buffer.alloc(6 * 1024 * 1024)]))), web()],
  ])('are refused by their field: %s', async (_why, part, ground) => {
    const read = async (): Promise<unknown> => ground.read(text('This?'), part);
    await expect(read()).rejects.toMatchObject({
      kind: 'invalid',
      code: 'openai.unsupported',
      errors: [{ pointer: '/messages/0/content/1/image_url/url' }],
    });
  });

  it('are bounded in number, and together', async () => {
    const many = Array.from({ length: 17 }, () => at(dataUrl(GIF)));
    await expect(web().read(...many)).rejects.toMatchObject({
      errors: [{ pointer: '/messages/0/content/16/image_url/url' }],
    });
    const large = at(dataUrl(Buffer.concat([PNG, Buffer.alloc(4.5 * 1024 * 1024)])));
    await expect(web().read(large, large)).rejects.toMatchObject({
      errors: [{ pointer: '/messages/0/content/1/image_url/url' }],
    });
  });
});

function blocked(): AppError {
  return new AppError('forbidden', 'egress.blocked', 'The address is not public.');
}
