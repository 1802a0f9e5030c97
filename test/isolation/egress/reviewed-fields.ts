/** Said of what agents, tools and models are given: they may make addresses of it, and those go through fields that are tried. */
const DATA = 'data for an agent or a tool; nothing is called because it looks like an address';

/** Fields that look as if AgentFlow called what stands there, and why it does not. A new line wants a second pair of eyes. */
export const reviewedFields: Readonly<Record<string, string>> = {
  'body CreateCredentialRequest.allowedHosts': 'narrows where a credential may go; nothing is called because of it',
  'body UpdateCredentialRequest.allowedHosts': 'narrows where a credential may go; nothing is called because of it',
  'credential oauth2.authorizationUrl': 'opened by the browser of whoever signs in; http and https only',
  'body CreateAgent.graph.nodes[].config': 'checked by the schema of its kind, which is in this list',
  'body AgentFile.graph.nodes[].config': 'checked by the schema of its kind, which is in this list',
  'body Graph.nodes[].config': 'checked by the schema of its kind, which is in this list',
  'body RunToolRequest.arguments': 'checked by the schema of its tool, which is in this list',
  'body McpMessage.params': DATA,
  'body StartExecution.input': DATA,
  'body StartExecution.metadata': 'kept and shown',
  'body DecideWait.data': DATA,
  'body SendEvent.data': DATA,
  'body Chat.context': DATA,
  'body UpdateConversationSession.session': DATA,
  'body ChatCompletionRequest.stream_options': 'one switch',
  'body ChatCompletionRequest.tools[]': 'schemas for the model; references out of them are not followed',
  'body ChatCompletionRequest.response_format': 'a schema for the model; references out of it are not followed',
  'body ResponseRequest.tools[]': 'schemas for the model; references out of them are not followed',
  'body RenderPrompt.variables': DATA,
  'body TryPrompts.variables': DATA,
  'body CreateScheduleRequest.input': DATA,
  'body UpdateScheduleRequest.input': DATA,
};
