import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { agentsImport } from '@/shared/api/generated/operations';
import { Button } from '@/shared/ui/button';
import { readAgentFile } from './agent-actions';

/** Makes an agent from an exported file; tells what went wrong through `onProblem`. */
export function ImportButton({ onProblem }: { onProblem: (problem: unknown) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [pending, setPending] = useState(false);
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const importFile = async (file: File) => {
    setPending(true);
    onProblem(null);
    try {
      const agent = await agentsImport({ body: await readAgentFile(file) });
      void queryClient.invalidateQueries({ queryKey: ['agents'] });
      await navigate({ to: '/agents/$agentId', params: { agentId: agent.id } });
    } catch (error) {
      onProblem(error);
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        className="hidden"
        aria-hidden
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) void importFile(file);
        }}
      />
      <Button icon={<Upload />} pending={pending} onClick={() => input.current?.click()}>
        Import
      </Button>
    </>
  );
}
