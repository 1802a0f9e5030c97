import { Upload } from 'lucide-react';
import { useRef, type ComponentProps } from 'react';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Textarea } from '@/shared/ui/textarea';

export interface DocumentTextFieldProps {
  error?: string;
  /** What a form registers. */
  field: ComponentProps<'textarea'>;
  /** Told the text of a chosen file. */
  onRead: (text: string) => void;
}

/** The text of an OpenAPI document, typed or out of a file. */
export function DocumentTextField({ error, field, onRead }: DocumentTextFieldProps) {
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Text of the document"
        error={error}
        hint="OpenAPI 3.0 or 3.1, JSON or YAML. Large ones are better given by their address."
      >
        {(control) => (
          <Textarea
            {...control}
            rows={8}
            spellCheck={false}
            className="max-h-80 font-mono text-sm"
            placeholder="openapi: 3.1.0"
            {...field}
          />
        )}
      </Field>
      <UploadButton onRead={onRead} />
    </div>
  );
}

/** Reads a file of the person's own. */
function UploadButton({ onRead }: { onRead: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,.yaml,.yml,application/json,application/yaml"
        className="hidden"
        aria-hidden
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) void file.text().then(onRead);
        }}
      />
      <Button size="sm" icon={<Upload />} className="self-start" onClick={() => input.current?.click()}>
        Choose a file
      </Button>
    </>
  );
}
