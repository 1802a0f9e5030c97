import { Injectable } from '@nestjs/common';
import { currentPrincipal } from '#auth';
import { compileJsonSchema } from '#kernel';
import { PeopleNames } from './people-names.js';
import { WaitAnswers } from './wait-answers.js';
import { alreadyAnswered, dataDoesNotFit, payloadChanged, unknownDecision, waitNotFound } from './waits.errors.js';
import { type WaitRow, WaitsReadModel } from './waits.read-model.js';

export interface Decision {
  readonly decision: string;
  /** Of the payload that the person looked at. */
  readonly payloadHash: string;
  readonly data?: unknown;
}

export interface OutsideEvent {
  readonly name: string;
  readonly correlation?: string;
  readonly data?: unknown;
}

/** Decisions that say no: whoever takes one need not fill in the form. */
const REFUSALS: ReadonlySet<string> = new Set(['rejected', 'not_happened']);

/** What people and events from outside say to runs that wait. The first one to say it is heard. */
@Injectable()
export class WaitDecisionsService {
  constructor(
    private readonly waits: WaitsReadModel,
    private readonly answers: WaitAnswers,
    private readonly people: PeopleNames,
  ) {}

  /** @throws AppError not found · already answered · payload changed · unknown decision · data that does not fit the form */
  async decide(executionId: string, waitId: string, decision: Decision): Promise<WaitRow> {
    const wait = await this.find(executionId, waitId);
    if (wait.state !== 'open') throw alreadyAnswered(wait);
    if (!wait.decisions?.includes(decision.decision)) throw unknownDecision(wait.decisions);
    if (wait.payloadHash !== decision.payloadHash) throw payloadChanged();
    refuseUnfit(wait, decision);
    const { userId, kind } = currentPrincipal();
    const name = await this.people.nameOf(userId);
    const by = kind === 'api-key' && name !== null ? `${name} (API key)` : name;
    const answer = {
      decision: decision.decision,
      ...(decision.data !== undefined && { data: decision.data }),
      ...(by !== null && { by }),
    };
    const isFirst = await this.answers.give(waitId, answer, userId);
    const now = await this.find(executionId, waitId);
    if (!isFirst) throw alreadyAnswered(now);
    return now;
  }

  /** @returns how many waits the event answered */
  receive({ name, correlation, data }: OutsideEvent): Promise<number> {
    const answer = { decision: 'received', ...(data !== undefined && { data }) };
    return this.answers.receive(name, correlation ?? null, answer, currentPrincipal().userId);
  }

  private async find(executionId: string, waitId: string): Promise<WaitRow> {
    const wait = await this.waits.find(executionId, waitId);
    if (!wait) throw waitNotFound();
    return wait;
  }
}

function refuseUnfit({ form }: WaitRow, { decision, data }: Decision): void {
  if (form === null || (data === undefined && REFUSALS.has(decision))) return;
  const compiled = compileJsonSchema(form);
  // A form that is no schema was refused when its agent was published; one from a template in a graph may still be.
  // Saying nothing is enough when nothing is required.
  const problems = 'schema' in compiled ? compiled.schema.check(data ?? {}, '/data') : compiled.problems;
  if (problems.length > 0) throw dataDoesNotFit(problems);
}
