import type { PipeTransform } from '@nestjs/common';
import { promptVersionNotFound } from '../prompts.errors.js';
import type { DiffSide } from './prompt-history.service.js';

const LARGEST = 2_147_483_647;

/** A version number in an address. What cannot be one was never published, so it is "not found" like any other. */
export class VersionNumberPipe implements PipeTransform<string, number> {
  transform(text: string): number {
    const number = /^[1-9]\d*$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isInteger(number) || number > LARGEST) throw promptVersionNotFound();
    return number;
  }
}

/** A version number, or the word `draft`. */
export class DiffSidePipe implements PipeTransform<string, DiffSide> {
  private readonly numbers = new VersionNumberPipe();

  transform(text: string): DiffSide {
    return text === 'draft' ? text : this.numbers.transform(text);
  }
}
