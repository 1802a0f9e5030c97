const AS_SENT = Symbol('as-sent');

/**
 * A field of a request whose value is the sender's own JSON, taken as it came. Of all others, Nest and class-transformer
 * take out names such as `constructor` in silence, however deep they stand. Rules about the value as a whole
 * (`@IsObject()`) hold; what is in it is for whoever reads it to judge.
 */
export const AsSent = (): PropertyDecorator => (target, property) => {
  Reflect.defineMetadata(AS_SENT, [...asSentFields(target.constructor), String(property)], target.constructor);
};

/** @param type the class of a request; anything else has no such fields */
export function asSentFields(type: unknown): readonly string[] {
  return typeof type === 'function' ? ((Reflect.getMetadata(AS_SENT, type) as string[] | undefined) ?? []) : [];
}
