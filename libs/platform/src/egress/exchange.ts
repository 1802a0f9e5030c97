import type { Dispatcher } from 'undici';
import type { BodyConsumer, BodySource } from './body-consumer.js';
import { type EgressPhase, quote, timedOut, tooLarge } from './egress.errors.js';
import type { EgressCall } from './egress-call.js';
import type { EgressLimits } from './egress-limits.js';
import { fromTransportError } from './transport-error.js';

export interface ResponseHead {
  readonly status: number;
  readonly statusText: string;
  /** Lower-case names. */
  readonly headers: Record<string, string | string[] | undefined>;
}

export interface ExchangeOptions {
  readonly host: string;
  readonly limits: EgressLimits;
  readonly maxHeaderBytes: number;
  readonly call: EgressCall;
  /** Chooses, as soon as the headers are there, who takes the body; undefined when it is not wanted. May throw to refuse the response. */
  readonly accept: (head: ResponseHead) => BodyConsumer | undefined;
}

/** An unwanted body up to this size is read to its end, which costs less than a new connection. */
const MAX_DISCARDED_BYTES = 64 * 1024;
const MAX_DISCARDING_MS = 1000;
const NO_LONGER_WANTED = new Error('The request is over.');

/** Sends one request over `pool` and resolves with the response head; the body goes to the consumer that `accept` chose. Redirects are answers like any other here. */
export function exchange(
  pool: Dispatcher,
  request: Dispatcher.DispatchOptions,
  options: ExchangeOptions,
): Promise<ResponseHead> {
  return new Promise((resolve, reject) => new Exchange(options, resolve, reject).start(pool, request));
}

/**
 * One request and its response, with a deadline for whichever phase it is in. It ends exactly once, by `end` or `fail`, and from then on ignores
 * whatever the connection still reports.
 */
class Exchange implements Dispatcher.DispatchHandler, BodySource {
  private controller: Dispatcher.DispatchController | undefined;
  private consumer: BodyConsumer | undefined;
  private timer: NodeJS.Timeout | undefined;
  private receivedBytes = 0;
  private maxBytes: number;
  private over = false;

  constructor(
    private readonly options: ExchangeOptions,
    private readonly resolve: (head: ResponseHead) => void,
    private readonly reject: (reason: unknown) => void,
  ) {
    this.maxBytes = options.limits.maxResponseBytes;
  }

  start(pool: Dispatcher, request: Dispatcher.DispatchOptions): void {
    const { call, limits } = this.options;
    call.whenFailed((reason) => this.fail(reason));
    if (this.over) return;
    this.arm(limits.connectMs, 'no connection to %host became ready');
    pool.dispatch(request, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // A request that timed out while it waited for its connection must not be sent any more.
    if (this.over) return controller.abort(NO_LONGER_WANTED);
    this.options.call.markSent();
    this.arm(this.options.limits.firstByteMs, '%host has not answered');
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
    statusText = '',
  ): void {
    if (this.over || status < 200) return;
    const head = { status, statusText, headers };
    try {
      const consumer = this.options.accept(head);
      if (consumer) this.receive(consumer);
      else this.discard();
    } catch (error) {
      return this.fail(error);
    }
    this.resolve(head);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.over) return;
    this.receivedBytes += chunk.byteLength;
    if (this.receivedBytes > this.maxBytes) return this.fail(this.tooMuch());
    if (!this.consumer) return;
    if (this.consumer.write(chunk)) {
      this.timer?.refresh();
    } else {
      controller.pause();
      clearTimeout(this.timer);
    }
  }

  onResponseEnd(): void {
    if (this.over) return;
    this.finish();
    this.consumer?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const { host, limits, maxHeaderBytes } = this.options;
    const context = { host, phase: this.phase, connectMs: limits.connectMs, maxHeaderBytes };
    this.settleWith(fromTransportError(error, context));
  }

  resume(): void {
    if (this.over || !this.controller?.paused) return;
    this.armIdle();
    this.controller.resume();
  }

  cancel(reason: unknown): void {
    this.fail(reason);
  }

  private get phase(): EgressPhase {
    return this.options.call.phase;
  }

  private receive(consumer: BodyConsumer): void {
    this.consumer = consumer;
    consumer.attach(this);
    this.armIdle();
  }

  /** The next hop has its own exchange; this one only has to give its connection back soon. */
  private discard(): void {
    this.maxBytes = MAX_DISCARDED_BYTES;
    this.arm(MAX_DISCARDING_MS, '%host does not end its redirect');
  }

  private armIdle(): void {
    this.arm(this.options.limits.idleMs, '%host stopped in the middle of its answer');
  }

  private arm(limitMs: number, what: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => this.fail(timedOut(what.replace('%host', quote(this.options.host)), limitMs, this.phase)),
      limitMs,
    );
  }

  private tooMuch(): Error {
    return tooLarge(`The response of ${quote(this.options.host)} is larger than ${this.maxBytes} bytes.`, this.phase);
  }

  private fail(reason: unknown): void {
    if (this.over) return;
    this.settleWith(reason);
    this.controller?.abort(NO_LONGER_WANTED);
  }

  private settleWith(reason: unknown): void {
    if (this.over) return;
    this.finish();
    if (this.consumer) this.consumer.fail(reason);
    this.reject(reason);
  }

  private finish(): void {
    this.over = true;
    clearTimeout(this.timer);
    if (this.consumer) this.options.call.release();
  }
}
