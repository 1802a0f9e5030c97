import { useQuery } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useId, useRef } from 'react';
import { toolsQuery } from '@/shared/api/queries';
import { toolOptions } from '@/shared/tools/tool-words';
import { Button } from '@/shared/ui/button';
import { IconButton } from '@/shared/ui/icon-button';
import { Select } from '@/shared/ui/select';
import { useEditor } from '../editor-context';
import { pointerOf } from '../graph/json-pointer';
import { fieldMessage } from '../graph/placed-problems';
import { AgentToolDetails } from './agent-tool-details';
import { type AgentTool, readAgentTools, writeAgentTool } from './agent-tools';
import type { ConfigFieldProps } from './config-field';

/** The tools of an agent: which, when a person is asked, with which arguments and with which credential. */
export function AgentToolsField({ node, field, error, onChange, onLeave }: ConfigFieldProps) {
  const { readOnly, problems } = useEditor();
  const list = useRef<HTMLUListElement>(null);
  const hintId = useId();
  const known = useQuery(toolsQuery()).data?.data ?? [];
  const tools = readAgentTools(node.config[field.name]);
  const write = (next: readonly AgentTool[]) => onChange(next.map(writeAgentTool));
  const change = (index: number, part: Partial<AgentTool>) =>
    write(tools.map((tool, at) => (at === index ? { ...tool, ...part } : tool)));
  const add = () => {
    write([...tools, { name: '' }]);
    setTimeout(() => list.current?.querySelector<HTMLElement>('li:last-child select')?.focus(), 0);
  };
  return (
    <fieldset className="flex flex-col gap-1" aria-describedby={hintId} onBlur={onLeave}>
      <legend className="mb-1 text-sm font-medium">{field.label}</legend>
      <ul ref={list} className="flex flex-col gap-2">
        {tools.map((tool, index) => {
          const at = field.pointer + pointerOf(index);
          const message = fieldMessage(problems, node.id, `${at}/name`) ?? fieldMessage(problems, node.id, at);
          const description = known.find(({ name }) => name === tool.name);
          const options = toolOptions(known);
          const isKnown = tool.name === '' || description !== undefined;
          return (
            <li key={index} className="border-line rounded-md border p-2" data-field={at}>
              <div className="flex items-start gap-1" data-field={`${at}/name`}>
                <Select
                  aria-label={`Tool ${index + 1}`}
                  aria-invalid={message ? true : undefined}
                  placeholder={tool.name === '' ? 'Choose a tool' : undefined}
                  options={isKnown ? options : [{ value: tool.name, label: tool.name }, ...options]}
                  value={tool.name}
                  onChange={(event) => change(index, { name: event.target.value, credentialId: undefined })}
                />
                {!readOnly && (
                  <IconButton
                    label={`Remove tool ${index + 1}`}
                    icon={<Trash2 />}
                    onClick={() => write(tools.filter((_, each) => each !== index))}
                  />
                )}
              </div>
              {message && <p className="text-danger mt-1 text-sm">{message}</p>}
              <AgentToolDetails
                tool={tool}
                known={description}
                pointer={at}
                messageAt={(pointer) => fieldMessage(problems, node.id, pointer)}
                onChange={(part) => change(index, part)}
              />
            </li>
          );
        })}
      </ul>
      {!readOnly && (
        <Button size="sm" variant="quiet" icon={<Plus />} className="self-start" onClick={add}>
          Add a tool
        </Button>
      )}
      {error && <p className="text-danger text-sm">{error}</p>}
      <p id={hintId} className="text-muted text-sm">
        What the model may do while it works. Credentials and fixed arguments are never told to it.
      </p>
    </fieldset>
  );
}
