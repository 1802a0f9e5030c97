import { type AgentFlow, startAgentFlow } from '../../support/start-agentflow.js';

/** What a person reads in the terminal after the very first `npm start`. */
export interface FirstStart {
  readonly agentflow: AgentFlow;
  readonly link: string;
  readonly apiKey: string;
}

/** Starts AgentFlow as somebody does who has set nothing: it makes an organisation by itself and prints how to come in. */
export async function firstStart(): Promise<FirstStart> {
  const agentflow = await startAgentFlow({
    settings: {
      AGENTFLOW_INIT_ORG: '',
      AGENTFLOW_INIT_EMAIL: '',
      AGENTFLOW_INIT_PASSWORD: '',
      AGENTFLOW_INIT_API_KEY: '',
    },
  });
  const printed = agentflow.logs();
  return {
    agentflow,
    link: find(printed, /https?:\/\/\S+\/sign-in\?link=\S+/),
    apiKey: find(printed, /(?<=API key: )\S+/),
  };
}

function find(text: string, pattern: RegExp): string {
  const [found] = pattern.exec(text) ?? [];
  if (found === undefined) throw new Error(`${String(pattern)} is not in what was printed:\n${text}`);
  return found;
}
