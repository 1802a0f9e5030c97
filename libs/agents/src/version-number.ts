import type { PipeTransform } from '@nestjs/common';
import { agentVersionNotFound } from './agents.errors.js';
import type { DiffSide } from './agent-history.service.js';

const LARGEST = 2_147_483_647;

/** Whether a version could have this number: a positive integer that the column can hold. */
export function isVersionNumber(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= LARGEST;
}

/** A version number in an address. What cannot be one was never published, so it is "not found" like any other. */
export class VersionNumberPipe implements PipeTransform<string, number> {
  transform(text: string): number {
    const number = /^[1-9]\d*$/.test(text) ? Number(text) : Number.NaN;
    if (!isVersionNumber(number)) throw agentVersionNotFound();
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
