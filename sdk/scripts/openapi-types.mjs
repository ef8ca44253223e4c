import openapiTS, { astToString } from 'openapi-typescript'

const isOfClient = (path) => /^\/(account|admin|organizations)\/v1\//.test(path)
const mapValues = (object, change) => Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]))

// Refusals are one shape for all, which ApiError reads; described again at each operation they would be three quarters of the file.
const withoutRefusals = (operation) => ({
  ...operation,
  responses: Object.fromEntries(Object.entries(operation.responses).filter(([status]) => Number(status) < 400)),
})

/** The types of the account, the organization and the admin API as the OpenAPI document describes them. */
export const openapiTypes = async (document) => {
  const paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => isOfClient(path)))
  const types = await openapiTS(
    { ...document, paths: mapValues(paths, (methods) => mapValues(methods, withoutRefusals)) },
    {
      immutable: true,
      emptyObjectsUnknown: true,
    },
  )
  const text = astToString(types)
    .replaceAll(/^ +(readonly )?\w+\?: never;\n/gm, '')
    .replaceAll(/^ +headers: \{\n +readonly \[name: string\]: unknown;\n +\};\n/gm, '')
    .replaceAll(/^ +readonly parameters: \{\n? *\};\n/gm, '')
    .replaceAll(/^export type (webhooks|\$defs) = .*\n/gm, '')
    .replaceAll(/^( {4})+/gm, (indent) => ' '.repeat(indent.length / 4))
  return `// Generated from the OpenAPI document of the server by npm run generate; do not edit.\n${text}`
}
