import { allows, type Plant, refuses } from './plant.ts'

const lines = (count: number, line = '//'): string => `${Array(count).fill(line).join('\n')}\n`
const block = (count: number): string => `{\n${lines(count - 2)}}`

const users = 'server/src/users/users.ts'

const tooMany: readonly (readonly [string, string])[] = [
  ['a function', 'function f(a: 1, b: 2, c: 3, d: 4) {}'],
  ['an arrow function', 'const f = (a: 1, { b }: { b: 2 }, c = 3, ...d: 4[]) => a'],
  ['a method', 'const o = { f(a: 1, b: 2, c: 3, d: 4) {} }'],
  ['a function type', 'type F = (a: 1, b: 2, c: 3, d: 4) => void'],
  ['a method signature', 'type P = { f(a: 1, b: 2, c: 3, d: 4): void }'],
]

const anys = ['let a: any', 'const f = (a: any[]) => a', 'const a = 1 as any', 'type M = Map<string, any>', 'type F<T = any> = T']

export const sizes: readonly Plant[] = [
  refuses('a file of 301 lines', { [users]: lines(301) }, [`8 ${users}:301`]),
  refuses('a test of 301 lines', { 'server/src/users/users.test.ts': lines(301) }, ['8 server/src/users/users.test.ts:301']),
  refuses('a main of 41 lines', { 'server/src/main.ts': lines(41) }, ['8 server/src/main.ts:41']),
  refuses('a composition root of 201 lines', { 'server/src/compose.ts': lines(201) }, ['8 server/src/compose.ts:201']),
  allows('files of just the size', {
    [users]: lines(300),
    'server/src/main.ts': lines(40),
    'server/src/compose.ts': lines(200),
  }),
  refuses('a function of 51 lines', { [users]: `\nexport function f() ${block(51)}` }, [`8 ${users}:2`]),
  refuses('an arrow function of 51 lines', { [users]: `export const f = () => ${block(51)}` }, [`8 ${users}:1`]),
  refuses('a method of 51 lines', { [users]: `export const o = { f() ${block(51)} }` }, [`8 ${users}:1`]),
  refuses('a test of one function of 51 lines', { 'server/test/a.test.ts': `test('a', () => ${block(51)})` }, [
    '8 server/test/a.test.ts:1',
  ]),
  refuses('a long callback of describe in the product', { [users]: `describe('a', () => ${block(51)})` }, [`8 ${users}:1`]),
  allows('a function of 50 lines, and a longer list of tests', {
    [users]: `export const f = () => ${block(50)}`,
    'server/test/a.test.ts': `describe('a', () => ${block(60)})`,
  }),
  ...tooMany.map(([name, source]) => refuses(`four parameters of ${name}`, { [users]: source }, [`8 ${users}:1`])),
  allows('three parameters and this', { [users]: 'export function f(this: Date, a: 1, b: 2, c: 3) {}' }),
  ...anys.map((source) => refuses(`any: ${source}`, { [users]: source }, [`8 ${users}:1`])),
  allows('unknown, and the word any elsewhere', { [users]: "export const any: unknown = 'any' // any" }),
  allows('generated files of any size', {
    'server/src/db/types.ts': `export type T = any\n${lines(400)}`,
    'sdk/src/types.ts': `// Generated from the route table; do not edit.\nexport type T = any\n${lines(400)}`,
  }),
  refuses('a file that says it is generated further down', { [users]: '\n// Generated\nlet a: any' }, [`8 ${users}:3`]),
]
