import { useState, type FormEvent } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { conversationsRename } from '@/shared/api/generated/operations';
import type { Conversation } from '@/shared/api/generated/schema';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';

export interface RenameFormProps {
  conversation: Pick<Conversation, 'id' | 'title'>;
  /** Renamed, or left as it was. */
  onDone: () => void;
}

/** Another title, in the place of the present one. */
export function RenameForm({ conversation: { id, title }, onDone }: RenameFormProps) {
  const [typed, setTyped] = useState(title);
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() === '') return setProblem('Give it a title.');
    setPending(true);
    try {
      await conversationsRename({ id, body: { title: typed.trim() } });
      onDone();
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.message : 'That did not work. Try again.');
      setPending(false);
    }
  };
  return (
    <form className="flex flex-wrap items-start gap-2" onSubmit={(event) => void save(event)}>
      <Field label="Title" hideLabel error={problem} className="min-w-40 flex-1">
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={200}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') onDone();
            }}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" pending={pending}>
        Rename
      </Button>
      <Button onClick={onDone}>Cancel</Button>
    </form>
  );
}
