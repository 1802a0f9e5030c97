import { useState, type FormEvent } from 'react';
import { useForm, type DefaultValues, type FieldPath, type FieldValues, type UseFormReturn } from 'react-hook-form';
import { ApiProblem } from '@/shared/api/api-problem';
import { afterPress } from './after-press';

export interface ServerForm<Values extends FieldValues> extends UseFormReturn<Values> {
  /** For `<form onSubmit>`. */
  submit: (event?: FormEvent) => void;
  /** A problem of the whole form, or of a field that is not on it. */
  problem: ApiProblem | null;
  /** The message of one field, checked here or by the server. */
  errorOf: (name: FieldPath<Values>) => string | undefined;
}

/**
 * A form that checks each field as it is left, keeps what was typed when the server refuses,
 * and shows the server's problems at the fields they point to.
 */
export function useServerForm<Values extends FieldValues>(
  defaultValues: DefaultValues<Values>,
  send: (values: Values, form: UseFormReturn<Values>) => Promise<unknown>,
): ServerForm<Values> {
  const form = useForm<Values>({ defaultValues, mode: 'onTouched' });
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const submit = form.handleSubmit(async (values) => {
    setProblem(null);
    try {
      await send(values, form);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (!showAtFields(error, form)) setProblem(error);
    }
  });

  const register: typeof form.register = (name, rules) => {
    const field = form.register(name, rules);
    return {
      ...field,
      onBlur: (event) => {
        afterPress(() => void field.onBlur(event));
        return Promise.resolve();
      },
    };
  };

  return {
    ...form,
    register,
    problem,
    submit: (event) => void submit(event),
    errorOf: (name) => form.getFieldState(name, form.formState).error?.message,
  };
}

/** @returns whether every message found its field; one that did not must be shown above the form. */
function showAtFields<Values extends FieldValues>(problem: ApiProblem, form: UseFormReturn<Values>): boolean {
  const messages = Object.entries(problem.fieldMessages());
  let homeless = messages.length === 0;
  for (const [field, message] of messages) {
    const known = form.control._names.mount.has(field);
    if (known)
      form.setError(
        field as FieldPath<Values>,
        { type: 'server', message },
        { shouldFocus: field === messages[0]?.[0] },
      );
    else homeless = true;
  }
  return !homeless;
}
