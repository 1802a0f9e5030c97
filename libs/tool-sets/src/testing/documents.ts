/** Documents in the shape of those that services publish. */

/** OpenAPI 3.0, after the Petstore of the specification. */
export const PETSTORE = {
  openapi: '3.0.3',
  info: { title: 'Pet store', version: '1.0.0' },
  servers: [{ url: 'https://{region}.example.com/v1', variables: { region: { default: 'eu' } } }],
  paths: {
    '/pets': {
      parameters: [{ name: 'X-Shop', in: 'header', schema: { type: 'string' } }],
      get: {
        operationId: 'listPets',
        summary: 'Lists pets',
        description: 'Newest first.',
        tags: ['pets'],
        parameters: [
          {
            name: 'limit',
            in: 'query',
            description: 'How many.',
            schema: { type: 'integer', exclusiveMinimum: true, minimum: 0 },
          },
          { name: 'tags', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
          {
            name: 'ids',
            in: 'query',
            style: 'pipeDelimited',
            explode: false,
            schema: { type: 'array', items: { type: 'string' } },
          },
          { name: 'filter', in: 'query', style: 'deepObject', schema: { type: 'object' } },
          { name: 'Authorization', in: 'header', schema: { type: 'string' } },
          { name: 'session', in: 'cookie', schema: { type: 'string' } },
        ],
        responses: {
          200: {
            description: 'ok',
            content: { 'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Pet' } } } },
          },
        },
      },
      post: {
        operationId: 'createPet',
        summary: 'Adds a pet',
        requestBody: { $ref: '#/components/requestBodies/Pet' },
        responses: { 201: { description: 'made' } },
      },
    },
    '/pets/{petId}': {
      parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        summary: 'One pet',
        parameters: [{ name: 'petId', in: 'query', schema: { type: 'string' } }],
        responses: {},
      },
      delete: { operationId: 'deletePet', deprecated: true, responses: {} },
      put: {
        operationId: 'renamePet',
        requestBody: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                properties: { name: { type: 'string' }, labels: { type: 'array' }, owner: { type: 'object' } },
              },
              encoding: { owner: { style: 'deepObject', explode: true } },
            },
          },
        },
        responses: {},
      },
    },
    '/pets/{petId}/photo': {
      post: {
        operationId: 'uploadPhoto',
        parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: { required: true, content: { 'multipart/form-data': { schema: { type: 'object' } } } },
        responses: {},
      },
    },
    '/elsewhere': { get: { operationId: 'elsewhere', servers: [{ url: 'https://other.example.com' }], responses: {} } },
    '/foreign': {
      get: {
        operationId: 'foreign',
        parameters: [{ name: 'a', in: 'query', schema: { $ref: 'other.yaml#/Thing' } }],
        responses: {},
      },
    },
  },
  components: {
    requestBodies: {
      Pet: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } },
    },
    schemas: {
      Pet: {
        type: 'object',
        required: ['id', 'name'],
        properties: {
          id: { type: 'integer', readOnly: true },
          name: { type: 'string', example: 'Rex' },
          nickname: { type: 'string', nullable: true, enum: ['R', 'X'] },
          owner: { $ref: '#/components/schemas/Owner' },
        },
        xml: { name: 'pet' },
      },
      Owner: {
        type: 'object',
        properties: { name: { type: 'string' }, pets: { type: 'array', items: { $ref: '#/components/schemas/Pet' } } },
      },
      Unused: { type: 'object' },
    },
  },
};

/** OpenAPI 3.1 in YAML with anchors, alternatives and a schema that contains itself. */
export const TICKETS_YAML = `
openapi: 3.1.0
info: { title: Tickets, version: '2' }
servers:
  - url: /api
x-common: &id
  name: ticket/id
  in: path
  required: true
  schema: { type: string }
paths:
  /tickets/{ticket/id}/comments:
    post:
      operationId: addComment
      description: Adds a comment.
      parameters:
        - *id
      requestBody:
        content:
          application/vnd.tickets+json:
            schema:
              allOf:
                - $ref: '#/components/schemas/Text'
                - type: object
                  properties:
                    parent: { $ref: '#/components/schemas/Comment' }
                    visibility:
                      oneOf:
                        - const: internal
                        - type: [string, 'null']
                          pattern: ^public
                  unevaluatedProperties: false
      responses: { '200': { description: ok } }
components:
  schemas:
    Text: { type: object, required: [text], properties: { text: { type: string, maxLength: 1000 } } }
    Comment:
      type: object
      properties:
        text: { type: string }
        replies: { type: array, items: { $ref: '#/components/schemas/Comment' } }
`;
