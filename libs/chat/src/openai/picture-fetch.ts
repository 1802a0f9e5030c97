import type { ModelImage, ModelTurn } from '#kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EgressClient } from '#platform/egress';
import { AppError } from '#platform/errors';
import type { AskedTurn } from './asked-answer.js';
import { type AskedPicture, MOST_PICTURE_BYTES, readPicture } from './asked-picture.js';
import { unsupported } from './read-body.js';

/** For addresses that clients write into a question. */
export const PICTURE_EGRESS = Symbol('picture-egress');

const MOST_PICTURES = 16;
/** Of all pictures of one request: they are part of the run's input. */
const MOST_BYTES = 8 * 1024 * 1024;
const LIMITS = { connectMs: 5_000, firstByteMs: 10_000, idleMs: 5_000, totalMs: 20_000 };

/**
 * Gets the pictures of a question, through the egress door: providers are sent bytes and never an address, which they
 * or a server of the operator's would open from where they stand. So a run can be repeated, too.
 */
@Injectable()
export class PictureFetch {
  constructor(@Inject(PICTURE_EGRESS) private readonly egress: Pick<EgressClient, 'request'>) {}

  /** @throws AppError 422 that names the field of a picture that cannot be had */
  async read(turns: readonly AskedTurn[], signal: AbortSignal): Promise<ModelTurn[]> {
    const asked = turns.flatMap((turn) => ('pictures' in turn ? turn.pictures : []));
    const [tooMany] = asked.slice(MOST_PICTURES);
    if (tooMany) throw unsupported(tooMany.field, `A request has at most ${MOST_PICTURES} pictures.`);
    const images = new Map<AskedPicture, ModelImage>();
    let characters = 0;
    for (const picture of asked) {
      const image = 'url' in picture.image ? await this.fetch(picture.image.url, picture.field, signal) : picture.image;
      characters += image.data.length;
      if ((characters * 3) / 4 > MOST_BYTES) {
        throw unsupported(
          picture.field,
          `The pictures of a request have at most ${MOST_BYTES / 1024 / 1024} MiB together.`,
        );
      }
      images.set(picture, image);
    }
    return turns.map((turn) => {
      if (!('pictures' in turn)) return turn;
      const { role, content, pictures } = turn;
      return { role, content, images: pictures.flatMap((picture) => images.get(picture) ?? []) };
    });
  }

  private async fetch(url: string, field: string, signal: AbortSignal): Promise<ModelImage> {
    const limits = { ...LIMITS, maxResponseBytes: MOST_PICTURE_BYTES };
    const headers = { accept: 'image/png, image/jpeg, image/gif, image/webp' };
    const response = await this.egress.request({ url, headers, limits, signal }).catch((error: unknown) => {
      if (signal.aborted || !(error instanceof AppError)) throw error;
      throw unsupported(field, `The picture could not be fetched: ${error.message}`);
    });
    if (response.status !== 200) throw unsupported(field, `Its server answered ${response.status} for the picture.`);
    return readPicture(response.body, field);
  }
}
