import { createHmac } from 'node:crypto';
import { eventually } from '../browser/support/eventually.js';
import { callWebhook, type MadeWebhook, signedHeaders } from '../support/call-webhook.js';
import type { ApiClient } from '../support/clients/api.client.js';
import { HttpClient } from '../support/clients/http-client.js';
import { greeting } from '../support/graphs/greeting.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';
