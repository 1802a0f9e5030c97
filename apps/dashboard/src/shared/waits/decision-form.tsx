import { useState } from 'react';
import type { DecideWait, Wait } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { SchemaFormFields } from '@/shared/forms/schema-form-fields';
import { useSchemaForm } from '@/shared/forms/use-schema-form';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Textarea } from '@/shared/ui/textarea';
import type { Deciding } from './use-decide';
import { decisionVerb, isRefusal } from './wait-words';

/** What has to be filled in, and a button for each decision. Nothing is preset: a decision is always pressed. */
export function DecisionForm({ wait, deciding }: { wait: Wait; deciding: Deciding }) {
  const form = useSchemaForm(wait.form ?? undefined);
  const [answer, setAnswer] = useState('');
  const [answerProblem, setAnswerProblem] = useState<string | undefined>();
  const hasForm = wait.form !== null && (form.fields === null || form.fields.length > 0);
  const asksForAnswer = !hasForm && wait.kind === 'effect';
  const messages = deciding.problem?.fieldMessages() ?? {};
  const isShownAtField = !form.asJson && form.fields?.some(({ name }) => messages[`data.${name}`] !== undefined);

  const send = (decision: string) => {
    if (asksForAnswer && !isRefusal(decision)) {
      const read = readAnswer(answer);
      setAnswerProblem(read.problem);
      if (read.problem === undefined) void deciding.decide(decision, read.value);
      return;
    }
    // Whoever refuses need not fill in what only matters when it goes on.
    const data = !hasForm ? undefined : isRefusal(decision) ? form.readTyped() : form.read();
    if (data !== null) void deciding.decide(decision, data);
  };
  return (
    <form noValidate className="flex flex-col gap-3" onSubmit={(event) => event.preventDefault()}>
      {!deciding.isConflict && !isShownAtField && <FormProblem problem={deciding.problem} />}
      {hasForm && <SchemaFormFields form={form} label="Answer" messageOf={(name) => messages[`data.${name}`]} />}
      {asksForAnswer && (
        <Field
          label="What the service answered"
          required={false}
          hint="If it happened: the following steps go on with this. JSON, or plain text."
          error={answerProblem}
        >
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              className="font-mono text-sm"
              value={answer}
              onChange={(event) => setAnswer(event.target.value)}
            />
          )}
        </Field>
      )}
      <div className="flex flex-wrap gap-2">
        {wait.decisions.map((decision, index) => (
          <Button
            key={decision}
            variant={index === 0 ? 'primary' : 'secondary'}
            className="min-h-10 max-sm:flex-1 sm:min-h-8"
            pending={deciding.pending === decision}
            disabled={deciding.pending !== null && deciding.pending !== decision}
            onClick={() => send(decision)}
          >
            {decisionVerb(decision)}
          </Button>
        ))}
        {hasForm && form.toggle && (
          <Button variant="quiet" size="sm" className="self-center" onClick={form.toggle}>
            {form.asJson ? 'Use fields' : 'Use JSON'}
          </Button>
        )}
      </div>
    </form>
  );
}

/** What begins like JSON has to be JSON; anything else is text. */
function readAnswer(text: string): { value?: DecideWait['data']; problem?: string } {
  const trimmed = text.trim();
  if (trimmed === '') return {};
  if (!/^[[{"\d-]/.test(trimmed)) return { value: trimmed };
  try {
    return { value: JSON.parse(trimmed) as DecideWait['data'] };
  } catch (error) {
    return /^[[{"]/.test(trimmed)
      ? { problem: `This is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}` }
      : { value: trimmed };
  }
}
