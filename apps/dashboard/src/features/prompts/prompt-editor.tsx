import { ConflictBanner } from '@/features/graph-editor/saving/conflict-banner';
import { SaveMark } from '@/features/graph-editor/saving/save-mark';
import type { Prompt, PromptDraft } from '@/shared/api/generated/schema';
import { newVariable, undeclaredNames } from './prompt-content';
import { PromptDefaults } from './prompt-defaults';
import { PromptPreview } from './prompt-preview';
import { PromptProblems } from './prompt-problems';
import { PromptTextField } from './prompt-text-field';
import { PublishPrompt } from './publish-prompt';
import { usePromptDraft } from './use-prompt-draft';
import { VariablesTable } from './variables-table';

export interface PromptEditorProps {
  prompt: Prompt;
  draft: PromptDraft;
  readOnly: boolean;
}

/** Texts and variables at the left; what is wrong, what it looks like filled in, and publishing at the right. */
export function PromptEditor({ prompt, draft, readOnly }: PromptEditorProps) {
  const editing = usePromptDraft(prompt.id, draft);
  const { content, edit, problems, warnings, state, autosave } = editing;
  const problemAt = (pointer: string) => problems.find((each) => each.pointer === pointer)?.message;
  const declare = (name: string) => edit({ variables: [...content.variables, newVariable(name)] });
  return (
    <>
      {state.phase === 'conflict' && (
        <ConflictBanner onLoadTheirs={editing.loadTheirs} onKeepMine={() => autosave.keepMine()} />
      )}
      <div className="grid gap-6 p-4 sm:p-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-5">
          {!readOnly && <SaveMark state={state} onRetry={() => void autosave.flush()} />}
          <PromptTextField
            label="System text"
            hint="Who the model is and how it answers. It may stay empty."
            value={content.system}
            variables={content.variables}
            error={problemAt('/system')}
            required={false}
            readOnly={readOnly}
            onChange={(system) => edit({ system })}
          />
          <PromptTextField
            label="User text"
            hint="What the model is asked. {{ name }} stands for the value of a variable."
            value={content.user}
            variables={content.variables}
            error={problemAt('/user')}
            required
            readOnly={readOnly}
            minLines={8}
            onChange={(user) => edit({ user })}
          />
          <VariablesTable
            variables={content.variables}
            undeclared={readOnly ? [] : undeclaredNames(problems)}
            problems={[...problems, ...warnings]}
            readOnly={readOnly}
            onChange={(variables) => edit({ variables })}
            onDeclare={declare}
          />
          <PromptDefaults content={content} error={problemAt('/model')} readOnly={readOnly} onChange={edit} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          {!readOnly && <PublishPrompt prompt={prompt} editing={editing} />}
          <PromptProblems problems={problems} warnings={warnings} />
          <PromptPreview content={content} />
        </div>
      </div>
    </>
  );
}
