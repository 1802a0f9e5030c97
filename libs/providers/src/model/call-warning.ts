/** Something the provider could not do as asked. The call went through without it. */
export interface CallWarning {
  readonly kind:
    | 'unsupported-setting'
    | 'unsupported-content'
    | 'incomplete-output'
    | 'estimated-usage'
    | 'detour'
    | 'suspicious-input';
  /** The call option concerned, for example `temperature`. */
  readonly setting?: string;
  /** A sentence for the author of the agent. */
  readonly message: string;
}
