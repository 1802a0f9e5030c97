/**
 * Models and their list prices, from @pydantic/genai-prices 0.1.8 (MIT). Written by apps/cli/update-prices.mjs; do not edit.
 *
 * `provider/model | context window | prices | pattern of the names that it goes by`; a price is `date=rates>tokens:rates`:
 * from that day on, input/cached input/output in micro-USD per million tokens, and those for calls with a longer input.
 */
export const PRICE_SNAPSHOT = String.raw`
openai/ada |  | =400000/400000/400000 | (?:ada$|text-ada-001$)
openai/babbage |  | =500000/500000/500000 | babbage$
openai/chatgpt-4o-latest | 128000 | =5000000/5000000/15000000 | chatgpt-4o-latest$
openai/codex-mini | 200000 | =1500000/375000/6000000 | (?:codex-mini$|codex-mini-latest$)
openai/curie |  | =2000000/2000000/2000000 | (?:curie$|text-curie-001$)
openai/davinci |  | =20000000/20000000/20000000 | (?:davinci$|text-davinci-001$)
openai/gpt-3.5-0301 |  | =1500000/1500000/2000000 | (?:gpt-3\.5-turbo-0301$|gpt-3\.5-0301$)
openai/gpt-3.5-turbo | 16385 | =500000/500000/1500000 | (?:gpt-3\.5-turbo$|gpt-35-turbo$|gpt-3\.5-turbo-0125$)
openai/gpt-3.5-turbo-0613 | 16385 | =1500000/1500000/2000000 | gpt-3\.5-turbo-0613$
openai/gpt-3.5-turbo-1106 | 16385 | =1000000/1000000/2000000 | gpt-3\.5-turbo-1106$
openai/gpt-3.5-turbo-16k | 16385 | =3000000/3000000/4000000 | (?:gpt-3\.5-turbo-16k$|gpt-3\.5-turbo-16k-0613$|gpt-35-turbo-16k-0613$|gpt-35-turbo-16k$)
openai/gpt-3.5-turbo-instruct | 16385 | =1500000/1500000/2000000 | (?:gpt-3\.5-turbo-instruct|gpt-3\.5-turbo-instruct-0914$)
openai/gpt-4 | 8192 | =30000000/30000000/60000000 | (?:gpt-4$|gpt-4-0314$|gpt-4-0613$|ft:gpt-4-0)
openai/gpt-4-32k | 32000 | =60000000/60000000/120000000 | (?:gpt-4-32k$|gpt-4-32k-0314$|gpt-4-32k-0613$)
openai/gpt-4-turbo | 128000 | =10000000/10000000/30000000 | (?:gpt-4-turbo$|gpt-4-turbo-2024-04-09$|gpt-4-turbo-0125-preview$|gpt-4-0125-preview$|gpt-4-1106-preview$|gpt-4-turbo-preview$)
openai/gpt-4.1 | 1000000 | =2000000/500000/8000000 | (?:gpt-4\.1$|gpt-4\.1-2025-04-14$)
openai/gpt-4.1-mini | 1000000 | =400000/100000/1600000 | (?:gpt-4\.1-mini$|gpt-4\.1-mini-2025-04-14$)
openai/gpt-4.1-nano | 1000000 | =100000/25000/400000 | (?:gpt-4\.1-nano$|gpt-4\.1-nano-2025-04-14$)
openai/gpt-4.5-preview |  | =75000000/37500000/150000000 | gpt-4\.5-preview
openai/gpt-4o | 128000 | =2500000/1250000/10000000 | (?:gpt-4o$|gpt-4o-2024-08-06$|gpt-4o-2024-11-20$)
openai/gpt-4o-2024-05-13 | 128000 | =5000000/5000000/15000000 | gpt-4o-2024-05-13$
openai/gpt-4o-mini | 128000 | =150000/75000/600000 | (?:gpt-4o-mini$|gpt-4o-mini-2024-07-18$|gpt-4o-mini-search-preview$|gpt-4o-mini-search-preview-2025-03-11$)
openai/gpt-4o:extended |  | =6000000/6000000/18000000 | gpt-4o:extended$
openai/gpt-5 | 400000 | =1250000/125000/10000000 | (?:gpt-5$|gpt-5-2025-08-07$|gpt-5-chat$|gpt-5-chat-latest$|gpt-5-codex$)
openai/gpt-5-mini | 400000 | =250000/25000/2000000 | (?:gpt-5-mini$|gpt-5-mini-2025-08-07$)
openai/gpt-5-nano | 400000 | =50000/5000/400000 | (?:gpt-5-nano$|gpt-5-nano-)
openai/gpt-5-pro | 400000 | =15000000/15000000/120000000 | (?:gpt-5-pro$|gpt-5-pro-2025-10-06$)
openai/gpt-5.1 | 400000 | =1250000/125000/10000000 | (?:gpt-5\.1$|gpt-5\.1-2025-11-13$|gpt-5\.1-codex$|gpt-5\.1-codex-max$|gpt-5\.1-chat$|gpt-5\.1-chat-latest$|gpt-5-1$|gpt-5-1-2025-11-13$|gpt-5-1-codex$|gpt-5-1-codex-max$|gpt-5-1-chat$|gpt-5-1-chat-latest$)
openai/gpt-5.1-codex-mini | 400000 | =250000/25000/2000000 | (?:gpt-5\.1-codex-mini$|gpt-5\.1-mini$|gpt-5-1-codex-mini$|gpt-5-1-mini$)
openai/gpt-5.2 | 400000 | =1750000/175000/14000000 | (?:gpt-5\.2$|gpt-5\.2-2025-12-11$|gpt-5-2$|gpt-5-2-2025-12-11$|gpt-5\.2-chat$|gpt-5\.2-chat-latest$|gpt-5-2-chat$|gpt-5-2-chat-latest$|gpt-5\.2-codex$|gpt-5-2-codex$)
openai/gpt-5.2-pro | 400000 | =21000000/21000000/168000000 | (?:gpt-5\.2-pro$|gpt-5\.2-pro-2025-12-11$|gpt-5-2-pro-2025-12-11$)
openai/gpt-5.3 | 128000 | =1750000/175000/14000000 | (?:gpt-5\.3$|gpt-5-3$|gpt-5\.3-chat$|gpt-5\.3-chat-latest$|gpt-5-3-chat$|gpt-5-3-chat-latest$)
openai/gpt-5.3-codex | 400000 | =1750000/175000/14000000 | (?:gpt-5\.3-codex$|gpt-5-3-codex$)
openai/gpt-5.4 | 1050000 | =2500000/250000/15000000>271999:5000000/500000/22500000 | (?:gpt-5\.4$|gpt-5\.4-2026-03-05$|gpt-5-4$|gpt-5-4-2026-03-05$)
openai/gpt-5.4-mini | 400000 | =750000/75000/4500000 | (?:gpt-5\.4-mini$|gpt-5\.4-mini-2026-03-17$|gpt-5-4-mini$|gpt-5-4-mini-2026-03-17$)
openai/gpt-5.4-nano | 400000 | =200000/20000/1250000 | (?:gpt-5\.4-nano$|gpt-5\.4-nano-2026-03-17$|gpt-5-4-nano$|gpt-5-4-nano-2026-03-17$)
openai/gpt-5.4-pro | 1050000 | =30000000/30000000/180000000>271999:60000000/60000000/270000000 | (?:gpt-5\.4-pro$|gpt-5\.4-pro-2026-03-05$|gpt-5-4-pro$|gpt-5-4-pro-2026-03-05$)
openai/gpt-5.5 | 1000000 | =5000000/500000/30000000>271999:10000000/1000000/45000000 | (?:gpt-5\.5$|gpt-5\.5-2026-04-23$|gpt-5\.5-2026-04-24$|gpt-5-5$|gpt-5-5-2026-04-23$|gpt-5-5-2026-04-24$|gpt-5\.5-chat$|gpt-5\.5-chat-latest$|gpt-5-5-chat$|gpt-5-5-chat-latest$|gpt-5\.5-codex$|gpt-5-5-codex$)
openai/gpt-5.5-pro | 1000000 | =30000000/30000000/180000000>271999:60000000/60000000/270000000 | (?:gpt-5\.5-pro$|gpt-5\.5-pro-2026-04-23$|gpt-5-5-pro$|gpt-5-5-pro-2026-04-23$)
openai/gpt-5.6-luna | 1050000 | =1000000/100000/6000000>271999:2000000/200000/9000000 2026-07-30=200000/20000/1200000>271999:400000/40000/1800000 | (?:gpt-5\.6-luna$|gpt-5-6-luna$|gpt-5\.6-luna-\d{4}-\d{2}-\d{2}$|gpt-5-6-luna-\d{4}-\d{2}-\d{2}$)
openai/gpt-5.6-sol | 1050000 | =5000000/500000/30000000>271999:10000000/1000000/45000000 2026-08-21=4000000/400000/20000000>271999:8000000/800000/30000000 | (?:gpt-5\.6-sol$|gpt-5-6-sol$|gpt-5\.6$|gpt-5-6$|gpt-5\.6-sol-\d{4}-\d{2}-\d{2}$|gpt-5-6-sol-\d{4}-\d{2}-\d{2}$)
openai/gpt-5.6-terra | 1050000 | =2500000/250000/15000000>271999:5000000/500000/22500000 2026-07-30=2000000/200000/12000000>271999:4000000/400000/18000000 | (?:gpt-5\.6-terra$|gpt-5-6-terra$|gpt-5\.6-terra-\d{4}-\d{2}-\d{2}$|gpt-5-6-terra-\d{4}-\d{2}-\d{2}$)
openai/gpt-6-astra | 1050000 | =10000000/1000000/50000000>271999:20000000/2000000/75000000 | (?:gpt-6-astra$|gpt-6-astra-\d{4}-\d{2}-\d{2}$)
openai/gpt-6-luna | 1050000 | =100000/10000/500000>272000:200000/20000/750000 | (?:gpt-6-luna$|gpt-6-luna-\d{4}-\d{2}-\d{2}$)
openai/gpt-6-sol | 1050000 | =2000000/200000/10000000>272000:4000000/400000/15000000 | (?:gpt-6-sol$|gpt-6-sol-\d{4}-\d{2}-\d{2}$)
openai/gpt-chat-latest |  | =5000000/500000/30000000 | gpt-chat-latest$
openai/gpt-oss-120b | 131072 | =39000/39000/180000 | gpt-oss-120b$
openai/gpt-oss-20b | 131072 | =29000/29000/140000 | gpt-oss-20b$
openai/gpt-oss-safeguard-20b | 131072 | =75000/37000/300000 | gpt-oss-safeguard-20b$
openai/o1 | 200000 | =15000000/7500000/60000000 | (?:o1$|o1-2024-12-17$)
openai/o1-mini | 128000 | =1100000/550000/4400000 | (?:o1-mini$|o1-mini-2024-09-12$)
openai/o1-preview | 128000 | =15000000/7500000/60000000 | (?:o1-preview$|o1-preview-2024-09-12$)
openai/o1-pro | 200000 | =150000000/150000000/600000000 | (?:o1-pro$|o1-pro-2025-03-19$)
openai/o3 | 200000 | =10000000/500000/40000000 2025-06-10=2000000/500000/8000000 | (?:o3$|o3-2025-04-16$)
openai/o3-deep-research | 200000 | =10000000/2500000/40000000 | (?:o3-deep-research$|o3-deep-research-2025-06-26$)
openai/o3-mini | 200000 | =1100000/550000/4400000 | (?:o3-mini$|o3-mini-2025-01-31$|o3-mini-high$)
openai/o3-pro | 200000 | =20000000/20000000/80000000 | (?:o3-pro$|o3-pro-2025-06-10$)
openai/o4-mini | 200000 | =1100000/275000/4400000 | (?:o4-mini-2025-04-16$|o4-mini-high$|o4-mini$)
openai/o4-mini-deep-research | 200000 | =2000000/500000/8000000 | (?:o4-mini-deep-research$|o4-mini-deep-research-2025-06-26$)
openai/text-davinci-002 |  | =20000000/20000000/20000000 | text-davinci-002$
openai/text-davinci-003 |  | =20000000/20000000/20000000 | text-davinci-003$
openai/text-embedding-3-large | 8192 | =130000/130000/0 | text-embedding-3-large$
openai/text-embedding-3-small | 8192 | =20000/20000/0 | text-embedding-3-small$
openai/text-embedding-ada-002 | 8192 | =100000/100000/0 | (?:text-embedding-ada$|text-embedding-ada-002$|text-embedding-ada-002-v2$)
anthropic/claude-2 | 200000 | =8000000/8000000/24000000 | (?:claude-2|.*claude-v2)
anthropic/claude-3-5-haiku-latest | 200000 | =800000/80000/4000000 | (?:claude-3-5-haiku|claude-3\.5-haiku)
anthropic/claude-3-5-sonnet | 200000 | =3000000/300000/15000000 | (?:claude-3-5-sonnet|claude-3\.5-sonnet)
anthropic/claude-3-7-sonnet-latest | 200000 | =3000000/300000/15000000 | (?:claude-3-7-sonnet|claude-3\.7-sonnet|claude-sonnet-3\.7|claude-sonnet-3-7)
anthropic/claude-3-haiku | 200000 | =250000/30000/1250000 | claude-3-haiku
anthropic/claude-3-opus-latest | 200000 | =15000000/1500000/75000000 | claude-3-opus
anthropic/claude-3-sonnet | 200000 | =3000000/300000/15000000 | claude-3-sonnet
anthropic/claude-fable-5 | 1000000 | =10000000/1000000/50000000 | (?:claude-fable-5$|claude-fable-5-\d{8}$)
anthropic/claude-fable-5-1 | 1000000 | =10000000/250000/50000000 | (?:claude-fable-5-1$|claude-fable-5-1-\d{8}$)
anthropic/claude-haiku-4-5 | 200000 | =1000000/100000/5000000 | (?:claude-haiku-4-5|claude-haiku-4\.5|claude-4-5-haiku|claude-4\.5-haiku)
anthropic/claude-opus-4-0 | 200000 | =15000000/1500000/75000000 | (?:claude-opus-4-0|claude-4-opus|claude-opus-4$|claude-opus-4-20250514$)
anthropic/claude-opus-4-1 | 200000 | =15000000/1500000/75000000 | (?:claude-opus-4-1|claude-opus-4\.1)
anthropic/claude-opus-4-5 | 200000 | =5000000/500000/25000000 | (?:claude-opus-4-5|claude-opus-4\.5|claude-4-5-opus|claude-4\.5-opus)
anthropic/claude-opus-4-6 | 1000000 | =5000000/500000/25000000>200000:10000000/1000000/37500000 2026-03-13=5000000/500000/25000000 | (?:claude-opus-4-6|claude-opus-4\.6|claude-4-6-opus|claude-4\.6-opus)
anthropic/claude-opus-4-7 | 1000000 | =5000000/500000/25000000 | (?:claude-opus-4-7|claude-opus-4\.7|claude-4-7-opus|claude-4\.7-opus)
anthropic/claude-opus-4-8 | 1000000 | =5000000/500000/25000000 | (?:claude-opus-4-8|claude-opus-4\.8|claude-4-8-opus|claude-4\.8-opus)
anthropic/claude-opus-5 | 1000000 | =5000000/500000/25000000 | (?:claude-opus-5$|claude-opus-5-\d{8}$|claude-opus-5\.0|claude-5-opus|claude-5\.0-opus)
anthropic/claude-opus-5-5 | 1000000 | =4000000/200000/20000000 | (?:claude-opus-5-5$|claude-opus-5-5-\d{8}$|claude-opus-5\.5|claude-5-5-opus|claude-5\.5-opus)
anthropic/claude-sonnet-4-0 | 200000 | =3000000/300000/15000000 | (?:claude-sonnet-4-2025|claude-sonnet-4-0|claude-sonnet-4@|claude-sonnet-4$|claude-4-sonnet)
anthropic/claude-sonnet-4-5 | 200000 | =3000000/300000/15000000>200000:6000000/600000/22500000 | (?:claude-sonnet-4-5|claude-sonnet-4\.5)
anthropic/claude-sonnet-4-6 | 1000000 | =3000000/300000/15000000>200000:6000000/600000/22500000 2026-03-13=3000000/300000/15000000 | (?:claude-sonnet-4-6|claude-sonnet-4\.6)
anthropic/claude-sonnet-5 | 1000000 | =2000000/200000/10000000 | (?:claude-sonnet-5|claude-sonnet-5\.0|claude-5-sonnet|claude-5\.0-sonnet)
anthropic/claude-v1 |  | =8000000/8000000/24000000 | claude-v1$
google/gemini-1.5-flash | 1000000 | =75000/18750/300000>128000:150000/37500/600000 | .*gemini-1\.5-flash
google/gemini-1.5-pro | 1000000 | =1250000/1250000/5000000>128000:2500000/2500000/10000000 | .*gemini-1\.5-pro
google/gemini-2.0-flash | 1000000 | =100000/25000/400000 | (?:.*gemini-2\.0-flash$|.*gemini-2\.0-flash-0|.*gemini-2\.0-flash-exp|.*gemini-2\.0-flash-thinking|.*gemini-2\.0-flash-latest)
google/gemini-2.0-flash-lite | 1000000 | =75000/75000/300000 | .*gemini-2\.0-flash-lite
google/gemini-2.5-flash | 1048576 | =300000/30000/2500000 | (?:gemini-2\.5-flash$|gemini-2\.5-flash-latest$|gemini-2\.5-flash-preview-09-2025$)
google/gemini-2.5-flash-lite | 1000000 | =100000/10000/400000 | (?:gemini-2\.5-flash-lite$|(?=gemini-2\.5-flash-lite-preview)(?=(?!.*-[tT][tT][sS](?:$|-))))
google/gemini-2.5-pro |  | =1250000/125000/10000000>200000:2500000/250000/15000000 | (?=gemini-2\.5-pro)(?=(?!.*-[tT][tT][sS](?:$|-)))
google/gemini-3-flash-preview | 1000000 | =500000/50000/3000000 | (?:gemini-3-flash-preview$|gemini-3-flash-preview-)
google/gemini-3-pro-preview |  | =2000000/200000/12000000>200000:4000000/400000/18000000 | (?:gemini-3-pro-preview|gemini-3-pro-text-preview$)
google/gemini-3.1-flash-lite | 1000000 | =250000/25000/1500000 | (?:gemini-3\.1-flash-lite$|gemini-3\.1-flash-lite-preview)
google/gemini-3.1-pro-preview |  | =2000000/200000/12000000>200000:4000000/400000/18000000 | gemini-3\.1-pro-preview
google/gemini-3.5-flash | 1000000 | =1500000/150000/9000000 | (?:gemini-3\.5-flash$|gemini-3\.5-flash-preview|gemini-3\.5-flash-\d)
google/gemini-3.5-flash-lite | 1000000 | =300000/30000/2500000 | gemini-3\.5-flash-lite
google/gemini-3.6-flash | 1000000 | =750000/75000/3750000 2027-01-01=1500000/150000/7500000 | gemini-3\.6-flash
google/gemini-3.7-flash | 1000000 | =750000/75000/3750000 2027-01-01=1500000/150000/7500000 | gemini-3\.7-flash
google/gemini-3.8-flash | 1000000 | =750000/75000/3750000 2027-01-01=1500000/150000/7500000 | gemini-3\.8-flash
google/gemini-embedding-001 |  | =150000/150000/0 | gemini-embedding-001$
google/gemini-embedding-2 | 8192 | =200000/200000/0 | gemini-embedding-2$
google/gemini-flash-1.5 |  | =75000/18750/300000>128000:150000/37500/600000 | gemini-flash-1\.5$
google/gemini-flash-1.5-8b | 1000000 | =37500/10000/150000>128000:75000/20000/300000 | gemini-flash-1\.5-8b$
google/gemini-pro | 32768 | =125000/125000/375000 | (?:gemini-pro$|gemini-1\.0-pro$)
google/gemini-pro-1.5 | 2000000 | =1250000/312500/5000000>128000:2500000/625000/10000000 | gemini-pro-1\.5$
google/gemma-2-27b-it |  | =650000/650000/650000 | gemma-2-27b-it$
google/gemma-4-26b-a4b-it-maas | 262144 | =150000/15000/600000 | gemma-4-26b-a4b-it-maas$
`;
