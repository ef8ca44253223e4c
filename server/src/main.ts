#!/usr/bin/env node
import cluster from 'node:cluster'

// The server loads what serving needs and nothing of the other commands.
const isServe = process.argv.length === 3 && process.argv[2] === 'serve'

if (cluster.isWorker) {
  const { runWorker } = await import('./cli/worker.ts')
  await runWorker()
} else if (isServe) {
  const { runServe } = await import('./cli/serve.ts')
  await runServe()
} else {
  const { runProgram } = await import('./cli/program.ts')
  await runProgram(process.argv)
}
